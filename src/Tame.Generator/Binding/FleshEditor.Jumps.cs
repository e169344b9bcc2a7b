using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Model;

namespace Tame.Generator.Binding;

/// <summary>Jumps whose target is flattened become <c>goto</c>.</summary>
internal sealed partial class FleshEditor
{
    public override void VisitBreakStatement(BreakStatementSyntax node) => EditJump(node, next: false);

    public override void VisitContinueStatement(ContinueStatementSyntax node) => EditJump(node, next: true);

    public override void VisitGotoStatement(GotoStatementSyntax node)
    {
        if (TargetSection(node) is { } section && _context.Waits.IsSpine(section.Parent!))
            _edits.Replace(node.Span, new TextPiece("goto "), new LabelPiece(_context.SectionLabel(section)), new TextPiece(";"));
        else
            base.VisitGotoStatement(node);
    }

    public override void VisitLabeledStatement(LabeledStatementSyntax node)
    {
        if (Model.GetDeclaredSymbol(node, _context.Cancellation) is ILabelSymbol label && _context.Waits.IsSpine(LabelScope(label)))
            _edits.Replace(node.Identifier.Span, Label(node, label));
        base.VisitLabeledStatement(node);
    }

    /// <summary>The piece that names the label of a statement.</summary>
    public LabelPiece Label(LabeledStatementSyntax statement, ILabelSymbol label)
    {
        LocalPlaces.Add(statement.Identifier.SpanStart);
        return new LabelPiece(_context.UserLabel(label));
    }

    /// <summary>The section that a <c>goto case</c> or <c>goto default</c> goes to.</summary>
    private SwitchSectionSyntax? TargetSection(GotoStatementSyntax jump)
    {
        if (jump.IsKind(SyntaxKind.GotoStatement) || jump.Ancestors().OfType<SwitchStatementSyntax>().FirstOrDefault() is not { } choice) return null;
        var target = (Model.GetOperation(jump, _context.Cancellation) as IBranchOperation)?.Target;
        return choice.Sections.FirstOrDefault(section => section.Labels.Any(label =>
            SymbolEqualityComparer.Default.Equals(Model.GetDeclaredSymbol(label, _context.Cancellation), target)));
    }

    private void EditJump(StatementSyntax jump, bool next)
    {
        if (Jumps.Target(jump) is { } target && _context.Waits.IsSpine(target))
            _edits.Replace(jump.Span, new TextPiece("goto "), new LabelPiece(_context.LoopLabel(target, next)), new TextPiece(";"));
    }
}
