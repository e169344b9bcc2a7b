using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Model;

namespace Tame.Generator.Binding;

/// <summary>Loops with waits in them.</summary>
internal sealed partial class SpineBinder
{
    private WhileStatement BindWhile(WhileStatementSyntax loop)
    {
        var body = Bind(loop.Statement);
        return new WhileStatement(Condition(loop.Condition), body, context.LabelsOf(loop));
    }

    private DoStatement BindDo(DoStatementSyntax loop)
    {
        var body = Bind(loop.Statement);
        return new DoStatement(editor.Edit(loop.Condition), body, context.LabelsOf(loop));
    }

    private ForStatement BindFor(ForStatementSyntax loop)
    {
        var initializers = loop.Declaration is { } declaration
            ? [FleshEditor.Make(Spans.Of(declaration), editor.IsHoisted(declaration) ? editor.Assignments(declaration, "; ", ";") : [.. editor.Pieces(declaration), new TextPiece(";")])]
            : loop.Initializers.Select(Statement).ToList();
        var condition = loop.Condition is null ? null : Condition(loop.Condition);
        var body = Bind(loop.Statement);
        return new ForStatement(initializers.ToEquatable(), condition, loop.Incrementors.Select(Statement).ToEquatable(), body, context.LabelsOf(loop));
    }

    private Statement BindForEach(CommonForEachStatementSyntax loop)
    {
        var info = context.Model.GetForEachStatementInfo(loop);
        var header = FleshEditor.Make(Spans.Of(loop.SyntaxTree, Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(loop.SpanStart, loop.CloseParenToken.Span.End)));
        var collection = editor.Edit(loop.Expression);
        var (variable, cast) = IterationVariable(loop, info);
        var type = context.Model.GetTypeInfo(loop.Expression, context.Cancellation).Type;
        if (type is IArrayTypeSymbol { IsSZArray: true } or { SpecialType: SpecialType.System_String })
        {
            var items = context.Locals.AddHidden("items", SymbolText.Of(type), holdsReferences: true);
            var index = context.Locals.AddHidden("index", "int", holdsReferences: false);
            var body = Bind(loop.Statement);
            return new ForEachIndexedStatement(header, collection, items, index, variable, cast, body, context.LabelsOf(loop));
        }

        return BindEnumeration(loop, info, header, collection, variable, cast, type);
    }

    private ForEachStatement BindEnumeration(
        CommonForEachStatementSyntax loop, ForEachStatementInfo info, Fragment header, Fragment collection, Fragment variable, string cast, ITypeSymbol? type)
    {
        var source = info.GetEnumeratorMethod!;
        var enumerator = source.ReturnType;
        if (enumerator.IsRefLikeType) context.Report(Rules.CannotLiveAcrossWait, loop.Expression, loop.Expression, "enumerated by a by-ref-like enumerator", Spans.LineOf(loop.Statement));
        if (type is IArrayTypeSymbol { IsSZArray: false }) context.Report(Rules.NotYet, loop.Expression, "A foreach with waits over an array of several dimensions is", "use nested for loops");
        var collectionCast = source.ContainingType.TypeKind == TypeKind.Interface && !SymbolEqualityComparer.Default.Equals(source.ContainingType, type)
            ? $"({SymbolText.Of(source.ContainingType)})" : "";
        var kept = context.Locals.AddHidden("enumerator", SymbolText.Of(enumerator), SymbolText.HoldsReferences(enumerator));
        var dispose = DisposeText(enumerator, FleshEditor.Make(header.Span, new LocalPiece(kept)));
        var body = Bind(loop.Statement);
        return new ForEachStatement(
            header, collection, collectionCast, kept, variable, cast, dispose, context.Waits.HasBlockIn(loop), context.Waits.DepthAt(loop), body, context.LabelsOf(loop));
    }

    /// <summary>What each element is assigned to, and the conversion that an explicit type asks for.</summary>
    private (Fragment Variable, string Cast) IterationVariable(CommonForEachStatementSyntax loop, ForEachStatementInfo info)
    {
        if (loop is ForEachVariableStatementSyntax { Variable: var target }) return (editor.Edit(target), "");
        var single = (ForEachStatementSyntax)loop;
        if (single.Type is RefTypeSyntax)
            context.Report(Rules.CannotLiveAcrossWait, single.Type, single.Identifier.ValueText, "a ref iteration variable", Spans.LineOf(loop.Statement));
        var local = editor.Declared(single)!.Value;
        var cast = info.ElementConversion.IsIdentity && info.CurrentConversion.IsIdentity ? "" : $"({context.Locals.All[local].Type})";
        return (FleshEditor.Make(Spans.Of(single.Identifier), editor.Refer(local, single.Identifier)), cast);
    }

    /// <summary>A condition, or null where it is the literal <c>true</c>.</summary>
    private Fragment? Condition(ExpressionSyntax condition) => condition.IsKind(SyntaxKind.TrueLiteralExpression) ? null : editor.Edit(condition);

    private Fragment Statement(ExpressionSyntax expression) => FleshEditor.Make(Spans.Of(expression), editor.Pieces(expression), ";");
}
