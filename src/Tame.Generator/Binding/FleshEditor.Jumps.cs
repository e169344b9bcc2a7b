using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Model;

namespace Tame.Generator.Binding;

/// <summary>Jumps whose target is flattened become <c>goto</c>.</summary>
internal sealed partial class FleshEditor
{
    public override void VisitBreakStatement(BreakStatementSyntax node) => EditJump(node, next: false);

    public override void VisitContinueStatement(ContinueStatementSyntax node) => EditJump(node, next: true);

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

    private void EditJump(StatementSyntax jump, bool next)
    {
        if (Jumps.Target(jump) is { } target && _context.Waits.IsSpine(target))
            _edits.Replace(jump.Span, new TextPiece("goto "), new LabelPiece(_context.LoopLabel(target, next)), new TextPiece(";"));
    }
}
