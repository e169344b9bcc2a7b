using Microsoft.CodeAnalysis;

namespace Tame.Generator.Flow;

/// <summary>One place where a body may wait: the closing brace of a twait block, or a `twait(…)` that is a statement.</summary>
internal sealed class WaitPoint
{
    public WaitPoint(SyntaxNode syntax, SyntaxNode call, WaitForm form)
    {
        Syntax = syntax;
        Call = call;
        Form = form;
    }

    /// <summary>The UsingStatementSyntax of a block, or the InvocationExpressionSyntax of any other.</summary>
    public SyntaxNode Syntax { get; }

    /// <summary>The invocation of twait in any form. The lowered Dispose of a block has this node.</summary>
    public SyntaxNode Call { get; }

    public WaitForm Form { get; }

    public bool IsBlock => Form == WaitForm.Block;
}
