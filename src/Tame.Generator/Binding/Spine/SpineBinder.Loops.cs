using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Rewrite;
using Tame.Generator.Binding.Text;
using Tame.Generator.Flow;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Spine;

/// <summary>Loops that contain waits.</summary>
internal sealed partial class SpineBinder
{
    private WhileStatement BindWhile(WhileStatementSyntax loop)
    {
        var body = Bind(loop.Statement);
        return new WhileStatement(Condition(loop.Condition, StepPoints.Header(loop)!.Value), Frame(loop, body));
    }

    private DoStatement BindDo(DoStatementSyntax loop)
    {
        var body = Bind(loop.Statement);
        return new DoStatement(Condition(loop.Condition, StepPoints.Header(loop)!.Value), Frame(loop, body));
    }

    private ForStatement BindFor(ForStatementSyntax loop)
    {
        var initializers = loop.Declaration is { } declaration
            ? [Initializer(declaration)]
            : loop.Initializers.Select(Statement).ToList();
        var condition = loop.Condition is null || loop.Condition.IsKind(SyntaxKind.TrueLiteralExpression) ? null : Condition(loop.Condition, loop.Condition.Span);
        var body = Bind(loop.Statement);
        var incrementors = loop.Incrementors.Select(incrementor => Entered(incrementor, new Flesh(Statement(incrementor))));
        var scope = loop.Condition is null ? null : context.Scopes.At(loop.Condition);
        return new ForStatement(initializers.ToEquatable(), condition, incrementors.ToEquatable(), new LoopFrame(scope, body, context.LabelsOf(loop)));
    }

    private LoopFrame Frame(StatementSyntax loop, Statement body) => new(context.Scopes.At(loop), body, context.LabelsOf(loop));

    private Fragment Initializer(VariableDeclarationSyntax declaration) => editor.IsHoisted(declaration)
        ? InStatement(FleshEditor.Make(Spans.Of(declaration), editor.Assignments(declaration, "; ", ";")))
        : FleshEditor.Make(Spans.Of(declaration), editor.Pieces(declaration), ";");

    private Statement BindForEach(CommonForEachStatementSyntax loop)
    {
        var info = context.Model.GetForEachStatementInfo(loop);
        var places = new ForEachPlaces(Spans.Of(loop.SyntaxTree, StepPoints.Keyword(loop)), Spans.Of(loop.InKeyword), Spans.Of(loop.GetLastToken()));
        var collection = Expression(loop.Expression, loop.Expression.Span);
        var variable = IterationVariable(loop, info);
        var type = context.Model.GetTypeInfo(loop.Expression, context.Cancellation).Type;
        if (type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String } || IsInlineArray(type, info))
        {
            var (kept, text) = InlineArrays.LengthOf(type) is null ? Items(loop, type!, collection) : InlineItems(loop, type!, collection);
            var index = context.Locals.AddHidden(HiddenValue.Index, "int", holdsReferences: false);
            var body = Bind(loop.Statement);
            var elementType = type is IArrayTypeSymbol { IsSZArray: false, ElementType: var element } ? SymbolText.Of(element, context.Aliases) : null;
            if (elementType is not null && !SymbolText.CanBeWritten(type!)) context.Report(Rules.TypeCannotBeWritten, loop.Expression, loop.Expression);
            return new ForEachIndexedStatement(places, new IndexedItems(kept, text, index, elementType, InlineArrays.LengthOf(type)), variable, Frame(loop, body));
        }

        var source = Enumeration(loop, info, collection, type);
        return new ForEachStatement(places, source, variable, Frame(loop, Bind(loop.Statement)));
    }

    private (EquatableArray<KeptValue> Kept, Fragment Items) Items(CommonForEachStatementSyntax loop, ITypeSymbol type, Fragment collection)
    {
        var items = AddHidden(HiddenValue.Items, type, loop.Expression);
        return (new EquatableArray<KeptValue>([new KeptValue(collection, items)]), FleshEditor.Make(collection.Span, new LocalPiece(items)));
    }

    private Enumeration Enumeration(CommonForEachStatementSyntax loop, ForEachStatementInfo info, Fragment collection, ITypeSymbol? type)
    {
        var source = info.GetEnumeratorMethod!;
        var enumerator = source.ReturnType;
        if (SymbolText.IsRefStruct(enumerator)) context.Report(Rules.CannotLiveAcrossWait, loop.Expression, loop.Expression, "enumerated by a ref struct", Spans.LineOf(loop.Statement));
        var isCast = source.ContainingType.TypeKind == TypeKind.Interface && type is not { TypeKind: TypeKind.Interface or TypeKind.TypeParameter };
        if (isCast && !SymbolText.CanBeWritten(source.ContainingType)) context.Report(Rules.TypeCannotBeWritten, loop.Expression, loop.Expression);
        var collectionCast = isCast ? $"({SymbolText.Of(source.ContainingType, context.Aliases)})" : "";
        var kept = AddHidden(HiddenValue.Enumerator, enumerator, loop.Expression);
        var dispose = DisposeText(enumerator, FleshEditor.Make(Spans.Of(loop.GetLastToken()), new LocalPiece(kept)));
        return new Enumeration(collection, collectionCast, kept, dispose is null ? null : Disposal(dispose, loop));
    }

    /// <summary>The target of each element, and the conversion that an explicit type requires.</summary>
    private IterationVariable IterationVariable(CommonForEachStatementSyntax loop, ForEachStatementInfo info)
    {
        if (loop is ForEachVariableStatementSyntax { Variable: var target }) return new IterationVariable(editor.Edit(target), new ElementConversion("", ""));
        var single = (ForEachStatementSyntax)loop;
        if (single.Type is RefTypeSyntax)
            context.Report(Rules.CannotLiveAcrossWait, single.Type, single.Identifier.ValueText, "a ref iteration variable", Spans.LineOf(loop.Statement));
        var local = editor.Declared(single)!.Value;
        // An element of a dynamic collection is converted as its own type requires, not unboxed.
        var isDynamic = context.Model.GetTypeInfo(loop.Expression, context.Cancellation).Type is { TypeKind: TypeKind.Dynamic };
        var cast = $"({context.Locals.All[local].Type})" + (isDynamic ? "(dynamic)" : "");
        var isSame = ElementType(loop, info) is { } element
            ? SymbolEqualityComparer.Default.Equals(element, context.Model.GetDeclaredSymbol(single, context.Cancellation)!.Type)
            : info.ElementConversion.IsIdentity && info.CurrentConversion.IsIdentity;
        var conversion = isSame ? new ElementConversion("", "")
            : _overflow.Length == 0 ? new ElementConversion(cast, "") : new ElementConversion($"{_overflow}({cast}", ")");
        return new IterationVariable(FleshEditor.Make(Spans.Of(single.SyntaxTree, StepPoints.Variable(single)), editor.Refer(local, single.Identifier)), conversion);
    }

    /// <summary>A value that a statement keeps. <paramref name="place"/> is its origin.</summary>
    private int AddHidden(HiddenValue value, ITypeSymbol type, SyntaxNode place)
    {
        if (!SymbolText.CanBeWritten(type) && context.AnonymousTypes.Find(type) is null) context.Report(Rules.TypeCannotBeWritten, place, place);
        return context.Locals.AddHidden(value, type);
    }

    /// <summary>The type of the elements if they are read by index, otherwise null.</summary>
    private ITypeSymbol? ElementType(CommonForEachStatementSyntax loop, ForEachStatementInfo info) => context.Model.GetTypeInfo(loop.Expression, context.Cancellation).Type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        { } type when IsInlineArray(type, info) => InlineArrays.ElementOf(type),
        { SpecialType: SpecialType.System_String } => context.Model.Compilation.GetSpecialType(SpecialType.System_Char),
        _ => null,
    };

    private Fragment Statement(ExpressionSyntax expression) => InStatement(FleshEditor.Make(Spans.Of(expression), editor.Point(Spans.Of(expression), editor.Pieces(expression)), ";"));
}
