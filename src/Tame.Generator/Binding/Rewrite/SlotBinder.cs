using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Rewrite;

/// <summary>
/// Turns the slot of an event into an expression that fixes its location immediately: the heap object that holds it, found by walking outward-in through fields
/// of structs, and the location inside that object.
/// </summary>
internal sealed class SlotBinder(BodyContext context, FleshEditor editor)
{
    private const string Services = GeneratedNames.Services;

    public List<Piece> Bind(ArgumentSyntax argument)
    {
        if (argument.Expression is DeclarationExpressionSyntax declaration) return BindDeclaration(declaration);
        var slot = Strip(argument.Expression);
        if (context.Model.GetSymbolInfo(slot, context.Cancellation).Symbol is IDiscardSymbol discard) return Discard(discard.Type);
        return Locate(slot, argument);
    }

    /// <summary>Whether a target can be named unchanged after a wait, because naming it evaluates nothing.</summary>
    public bool IsPlainVariable(ExpressionSyntax expression) => context.Model.GetSymbolInfo(Strip(expression), context.Cancellation).Symbol switch
    {
        ILocalSymbol local => context.Locals.IsHoisted(local),
        IParameterSymbol parameter => context.Locals.Find(parameter) is not null,
        IFieldSymbol { IsStatic: true } => true,
        IFieldSymbol => Strip(expression) is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax },
        _ => false,
    };

    /// <summary>Parentheses and the null-forgiving operator have no effect around a slot.</summary>
    public static ExpressionSyntax Strip(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => Strip(parenthesized.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => Strip(suppressed.Operand),
        _ => expression,
    };

    private List<Piece> BindDeclaration(DeclarationExpressionSyntax declaration)
    {
        if (declaration.Designation is not SingleVariableDesignationSyntax single)
            return Discard(context.Model.GetTypeInfo(declaration, context.Cancellation).Type);
        var local = editor.Refer(editor.Declared(single)!.Value, single.Identifier);
        return context.Locals.All[local.Local] is { Kind: LocalKind.Captured, Scope: var scope }
            ? [new TextPiece(Services + "Slot.NewAt("), new ScopePiece(scope), new TextPiece(", ref "), local, new TextPiece(")")]
            : [new ClosurePiece(), new TextPiece(".NewSlot(ref "), local, new TextPiece(")")];
    }

    /// <summary>The slot that drops values of a type.</summary>
    public static string Discarded(ITypeSymbol? type, ExternAliases aliases) => $"{Services}Slot<{(type is null ? "object" : SymbolText.Of(type, aliases))}>.Discard";

    private List<Piece> Discard(ITypeSymbol? type) => [new TextPiece(Discarded(type, context.Aliases))];

    private bool IsAnonymous(ISymbol local) => context.Locals.Find(local) is { } index && context.Locals.All[index].Example is not null;

    private List<Piece> InClosure(IEnumerable<Piece> path, ISymbol local) => context.Locals.All[context.Locals.Find(local)!.Value] is { Kind: LocalKind.Captured, Scope: var scope }
        ? [new TextPiece(Services + "Slot.At("), new ScopePiece(scope), new TextPiece(", ref "), .. path, new TextPiece(")")]
        : [new ClosurePiece(), new TextPiece(".Slot(ref "), .. path, new TextPiece(")")];

    private List<Piece> InThis(ExpressionSyntax slot) => [new TextPiece(Services + "Slot.At(this, ref "), .. editor.Pieces(slot), new TextPiece(")")];

    public List<Piece> Locate(ExpressionSyntax slot, SyntaxNode place)
    {
        var fields = "";
        for (var at = slot; ;)
        {
            switch (context.Model.GetSymbolInfo(at, context.Cancellation).Symbol)
            {
                case IFieldSymbol { RefKind: not RefKind.None }:
                    return Refuse(slot, place, "it is a ref field");
                case IFieldSymbol { IsStatic: true }:
                    return Static(slot);
                case IFieldSymbol field when at is MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } access:
                    var receiver = Strip(access.Expression);
                    fields = "." + SymbolText.Name(field) + fields;
                    if (receiver is ThisExpressionSyntax or BaseExpressionSyntax) return InThis(slot);
                    var type = context.Model.GetTypeInfo(receiver, context.Cancellation).Type!;
                    if (!type.IsValueType) return Shape(slot, [receiver], [type], fields, place);
                    at = receiver;
                    continue;
                case IFieldSymbol when at is IdentifierNameSyntax:
                    return InThis(slot);
                case ILocalSymbol { Type: var owner } when SymbolText.IsRefStruct(owner):
                    return Refuse(slot, place, "it is in a ref struct");
                case ILocalSymbol local when IsAnonymous(local):
                    return Refuse(slot, place, "it is in a value whose type has no name");
                case ILocalSymbol { IsRef: true }:
                    return Refuse(slot, place, "it is a ref local");
                case ILocalSymbol or IParameterSymbol { RefKind: RefKind.None } when context.Locals.IsHoisted(context.Model.GetSymbolInfo(at).Symbol):
                    return IsCatchOrIteration(at) ? Refuse(slot, place, "it belongs to its catch clause") : InClosure(editor.Pieces(slot), context.Model.GetSymbolInfo(at).Symbol!);
                case IParameterSymbol { RefKind: RefKind.Out }:
                    return Refuse(slot, place, "it is an out parameter, which is copied to the caller before the event can trigger");
                case IParameterSymbol when !context.Body.IsStatic:
                    return InThis(slot);
                case null when at is ElementAccessExpressionSyntax element
                        && context.Model.GetTypeInfo(element.Expression, context.Cancellation).Type is IArrayTypeSymbol array:
                    return Element(slot, element, array, fields, place);
                case IPropertySymbol { ReturnsByRef: true } or IMethodSymbol { ReturnsByRef: true }:
                    return Refuse(slot, place, "it is a ref return, whose owner cannot be found");
                default:
                    return Refuse(slot, place, "it may be on the stack or outside the heap");
            }
        }
    }

    private bool IsCatchOrIteration(ExpressionSyntax name) =>
        context.Model.GetSymbolInfo(name).Symbol?.DeclaringSyntaxReferences[0].GetSyntax() is CatchDeclarationSyntax or ForEachStatementSyntax;

    private List<Piece> Static(ExpressionSyntax slot)
    {
        var type = SymbolText.Of(context.Model.GetTypeInfo(slot, context.Cancellation).Type!, context.Aliases);
        var value = context.Generated.Value;
        return [new TextPiece($"{Services}Slot.Static<{type}>(static {value} =>"), .. editor.Plumbing(" ", editor.Pieces(slot), $" = {value}"), new TextPiece(")")];
    }

    private List<Piece> Element(ExpressionSyntax slot, ElementAccessExpressionSyntax element, IArrayTypeSymbol array, string fields, SyntaxNode place)
    {
        var indices = element.ArgumentList.Arguments.Select(a => a.Expression).ToList();
        var types = indices.Select(i => context.Model.GetTypeInfo(i, context.Cancellation)).Select(t => t.ConvertedType ?? t.Type!);
        var names = indices.Count == 1 ? "index" : string.Join(", ", indices.Select((_, i) => "index" + i));
        return Shape(slot, [element.Expression, .. indices], [array, .. types], $"[{names}]{fields}", place);
    }

    /// <summary>A call of the method that takes the pieces by value, so that they are evaluated in C#'s order and checked immediately.</summary>
    private List<Piece> Shape(ExpressionSyntax slot, List<ExpressionSyntax> pieces, List<ITypeSymbol> types, string path, SyntaxNode place)
    {
        if (types.Any(t => !SymbolText.CanBeWritten(t))) return Refuse(slot, place, "its owner has a type without a name");
        var value = SymbolText.Of(context.Model.GetTypeInfo(slot, context.Cancellation).Type!, context.Aliases);
        var shape = new SlotShape(value, types.Select(type => SymbolText.Of(type, context.Aliases)).ToEquatable(), "target" + path);
        var index = context.Shapes.IndexOf(shape);
        if (index < 0)
        {
            index = context.Shapes.Count;
            context.Shapes.Add(shape);
        }

        var call = new List<Piece> { new ShapePiece(index), new TextPiece("(") };
        foreach (var piece in pieces)
        {
            if (call.Count > 2) call.Add(new TextPiece(", "));
            call.AddRange(editor.Pieces(piece));
        }

        call.Add(new TextPiece(")"));
        return call;
    }

    private List<Piece> Refuse(ExpressionSyntax slot, SyntaxNode place, string why)
    {
        context.Report(Rules.SlotIsNoHeapLocation, place, slot, why);
        return [new TextPiece("default")];
    }
}
