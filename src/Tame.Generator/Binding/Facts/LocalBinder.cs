using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Facts;

/// <summary>Decides how each parameter and local of a body is stored, and reports those that cannot be.</summary>
internal sealed class LocalBinder(BodyContext context)
{
    private readonly DeclarationPlaces _places = new(context);

    private readonly RefSafety _safety = new(context.Model, context.Cancellation);

    public void Bind()
    {
        foreach (var parameter in context.Body.Parameters) AddParameter(parameter);
        var functions = new List<(IMethodSymbol, LocalFunctionStatementSyntax)>();
        foreach (var node in context.Syntax.DescendantNodes(node => !context.Nested.Is(node)))
        {
            if (node is not (VariableDeclaratorSyntax or SingleVariableDesignationSyntax or ForEachStatementSyntax or CatchDeclarationSyntax or LocalFunctionStatementSyntax)) continue;
            var symbol = context.Model.GetDeclaredSymbol(node, context.Cancellation);
            if (symbol is IMethodSymbol function && context.Captures.IsMoved(function)) functions.Add((function, (LocalFunctionStatementSyntax)node));
            else if (symbol is not null) AddLocal(symbol, node);
        }

        new FunctionPlacer(context).Place(functions);
    }

    private void AddParameter(IParameterSymbol parameter)
    {
        var isEvent = parameter.RefKind == RefKind.None && context.Primitives.IsEvent(parameter.Type);
        var isCaptured = context.Captures.NeedsObject(parameter);
        var kind = isCaptured ? LocalKind.Captured : parameter.RefKind == RefKind.Out ? LocalKind.OutParameter : LocalKind.Parameter;
        context.Locals.Add(parameter, new Local(SymbolText.Name(parameter), WrittenType.Of(parameter.Type, parameter, context.Syntax, context.Aliases), kind)
        {
            HoldsReferences = SymbolText.HoldsReferences(parameter.Type),
            IsEvent = isEvent,
            IsNullableEvent = isEvent && parameter.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T,
            IsReassigned = isEvent && isCaptured,
            Scope = isCaptured ? context.Scopes.Add(context.Syntax, isInText: false) : -1,
        });
    }

    private void AddLocal(ISymbol symbol, SyntaxNode declarator)
    {
        var isSpine = context.IsFlattened(symbol);
        if (symbol is IMethodSymbol)
        {
            if (isSpine) context.Locals.Add(symbol, new Local(SymbolText.Name(symbol), "", LocalKind.InPlace));
        }
        else if (symbol is ILocalSymbol local && (isSpine || IsSlotOrBesideOne(local, declarator)))
        {
            AddHoisted(local, declarator, isSpine);
        }
    }

    /// <summary>A declaration of several variables is hoisted as a whole if one of them is a slot.</summary>
    private bool IsSlotOrBesideOne(ILocalSymbol local, SyntaxNode declarator) => context.Flow.IsSlot(local)
        || (declarator.Parent is VariableDeclarationSyntax { Variables.Count: > 1 } declaration
            && declaration.Variables.Any(v => context.Model.GetDeclaredSymbol(v) is ILocalSymbol other && context.Flow.IsSlot(other)));

    private void AddHoisted(ILocalSymbol local, SyntaxNode declarator, bool isSpine)
    {
        var isCaptured = context.Captures.NeedsObject(local) && !local.IsConst && !local.IsRef;
        var kind = isCaptured ? LocalKind.Captured
            : context.Flow.IsKept(local) && !local.IsConst && !local.IsRef ? LocalKind.Kept
            : _places.Stays(local, declarator) ? LocalKind.InPlace : LocalKind.Plain;
        var type = TypeOf(local, declarator);
        if (kind != LocalKind.InPlace) CheckType(local);
        if (local.IsRef && (kind == LocalKind.InPlace || _safety.Of(local) == RefScope.Block) && _places.CannotHoldLambda(declarator)) context.Report(Rules.CannotBeCaptured, local.Locations[0], local.Name, "a ref local whose value has a lambda outside of calls that return values");
        var isOnStack = local.IsRef || SymbolText.IsRefStruct(local.Type);
        var bound = new Local(SymbolText.Name(local), "", kind)
        {
            IsOnStack = isOnStack,
            IsScoped = isOnStack && kind == LocalKind.Plain && _safety.Of(local) != RefScope.Caller,
            Reference = local.RefKind switch { RefKind.Ref => "ref ", RefKind.None => "", _ => "ref readonly " },
            Scope = isCaptured ? AddScope(local, isSpine) : -1,
        };
        context.Locals.Add(local, kind == LocalKind.InPlace ? bound : context.Locals.WithType(bound, type));
    }

    /// <summary>A slot whose scope contains no wait has its object in the text itself, where only statements can be enclosed.</summary>
    private int AddScope(ILocalSymbol local, bool isSpine)
    {
        var entry = context.ScopeMap.Of(local)!.Entry;
        if (!isSpine && (entry is not StatementSyntax || Jumps.IsLoop(entry)) && entry is not ForStatementSyntax)
            context.Report(Rules.CannotBeCaptured, local.Locations[0], local.Name, "a slot in the header of a loop");
        return context.Scopes.Add(entry, isInText: !isSpine);
    }

    /// <summary>The elements of a dynamic collection are dynamic, though the nullable analysis gives their variable the type object.</summary>
    private ITypeSymbol TypeOf(ILocalSymbol local, SyntaxNode declarator) =>
        declarator is ForEachStatementSyntax { Type.IsVar: true } loop && context.Model.GetTypeInfo(loop.Expression, context.Cancellation).Type is { TypeKind: TypeKind.Dynamic } element
            ? element : local.Type;

    private void CheckType(ILocalSymbol local)
    {
        if (!SymbolText.CanBeWritten(local.Type) && context.AnonymousTypes.Find(local.Type) is null) context.Report(Rules.TypeCannotBeWritten, local.Locations[0], local.Name);
    }
}
