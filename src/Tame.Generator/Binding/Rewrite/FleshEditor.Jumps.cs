using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Text;
using Tame.Generator.Flow;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Rewrite;

/// <summary>Jumps to a flattened target become <c>goto</c>. Jumps that leave a try whose finally waits go to the finally first.</summary>
internal sealed partial class FleshEditor
{
    public override void VisitBreakStatement(BreakStatementSyntax node) => EditLoopJump(node, next: false);

    public override void VisitContinueStatement(ContinueStatementSyntax node) => EditLoopJump(node, next: true);

    public override void VisitReturnStatement(ReturnStatementSyntax node)
    {
        var function = node.Ancestors().FirstOrDefault(NestedFunctions.IsLambdaOrLocalFunction);
        if (function is AnonymousFunctionExpressionSyntax lambda && !_context.Nested.Is(lambda)) _edits.Replace(node.Span, Jump(_context.ReturnLabel(lambda), [], node));
        else if (Jumps.Crossed(node, target: null, _context.Waits) is { Count: > 0 } crossed) _edits.Replace(node.Span, Jump(null, crossed, node));
        else VisitInPlace(node);
    }

    public override void VisitGotoStatement(GotoStatementSyntax node)
    {
        if (TargetSection(node) is { } section && _context.Waits.IsSpine(section.Parent!))
            _edits.Replace(node.Span, Jump(_context.SectionLabel(section), Jumps.Crossed(node, section.Parent, _context.Waits), node));
        else if (node.Expression is IdentifierNameSyntax name && Model.GetSymbolInfo(name, _context.Cancellation).Symbol is ILabelSymbol label && _context.IsFlattened(label))
            EditGoto(node, name, label);
        else
            VisitInPlace(node);
    }

    public override void VisitLabeledStatement(LabeledStatementSyntax node)
    {
        if (Model.GetDeclaredSymbol(node, _context.Cancellation) is ILabelSymbol label && _context.IsFlattened(label))
            _edits.Replace(node.Identifier.Span, Label(node, label));
        base.VisitLabeledStatement(node);
    }

    /// <summary>A catch clause that has moved after its try has no current exception to rethrow.</summary>
    public override void VisitThrowStatement(ThrowStatementSyntax node)
    {
        if (node.Expression is null && node.Ancestors().OfType<CatchClauseSyntax>().First() is var clause && _context.Waits.IsSpine(clause))
            _edits.Replace(node.Span, [new TextPiece($"throw {GeneratedNames.Services}BodyServices.Rethrow("), new LocalPiece(_context.Caught(clause)), new TextPiece(");")]);
        else
            base.VisitThrowStatement(node);
    }

    /// <summary>The piece that names the label of a statement.</summary>
    public LabelPiece Label(LabeledStatementSyntax statement, ILabelSymbol label)
    {
        LocalPlaces.Add(statement.Identifier.SpanStart);
        return new LabelPiece(_context.UserLabel(label));
    }

    /// <summary>
    /// The section of a switch that a jump goes to. The symbol decides: for the compiler, <c>goto @default</c> also leads to the <c>default</c> of an enclosing
    /// switch.
    /// </summary>
    private SwitchSectionSyntax? TargetSection(GotoStatementSyntax jump) =>
        Model.GetOperation(jump, _context.Cancellation) is IBranchOperation { Target.DeclaringSyntaxReferences: [var declared] }
            && declared.GetSyntax(_context.Cancellation) is SwitchLabelSyntax label ? (SwitchSectionSyntax)label.Parent! : null;

    private void EditLoopJump(StatementSyntax jump, bool next)
    {
        if (Jumps.Target(jump) is { } target && _context.Waits.IsSpine(target))
            _edits.Replace(jump.Span, Jump(_context.LoopLabel(target, next), Jumps.Crossed(jump, target, _context.Waits), jump));
        else VisitInPlace(jump);
    }

    private void EditGoto(GotoStatementSyntax jump, IdentifierNameSyntax name, ILabelSymbol label)
    {
        LocalPlaces.Add(name.SpanStart);
        var place = label.DeclaringSyntaxReferences[0].GetSyntax(_context.Cancellation);
        _edits.Replace(jump.Span, Jump(_context.UserLabel(label), Jumps.Crossed(jump, place, _context.Waits), jump));
    }

    /// <summary>
    /// The compiler lets <c>continue</c>, but not <c>goto</c>, pass a using declaration in the block that it leaves. There the declaration becomes a statement
    /// around the rest of the block.
    /// </summary>
    public override void VisitBlock(BlockSyntax node)
    {
        base.VisitBlock(node);
        if (_context.Waits.IsSpine(node) || !_edits.HasJumpIn(node.Span)) return;
        foreach (var declaration in node.Statements.Select(BlockItems.UsingDeclaration).OfType<LocalDeclarationStatementSyntax>())
        {
            _edits.Insert(declaration.Declaration.SpanStart, "(");
            _edits.Replace(declaration.SemicolonToken.Span, ") {");
            _edits.Insert(node.CloseBraceToken.SpanStart, "} ");
        }
    }

    private void VisitInPlace(StatementSyntax jump)
    {
        NotePoint(jump.SyntaxTree, jump.Span);
        foreach (var child in jump.ChildNodes()) Visit(child);
    }

    /// <summary>A jump to a label, or with null out of the method, through the finally blocks that it crosses, innermost first.</summary>
    private List<Piece> Jump(int? label, IReadOnlyList<TryStatementSyntax> crossed, StatementSyntax place)
    {
        if (crossed.Count > 0)
        {
            var region = _context.FinallyOf(crossed[0]);
            var number = region.NumberOf(label, () => Make(default, Jump(label, [.. crossed.Skip(1)], place)));
            return [.. Plumbing("{ "), .. Point(Spans.Of(place), new LocalPiece(region.Exit!.Value), $" = {number};"), .. Plumbing(" goto ", new LabelPiece(region.Label), "; }")];
        }

        return [.. label is { } target ? Point(Spans.Of(place), "goto ", new LabelPiece(target), ";") : Point(Spans.Of(place), "return;")];
    }
}
