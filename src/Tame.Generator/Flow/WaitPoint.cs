using Microsoft.CodeAnalysis;

namespace Tame.Generator.Flow;

/// <summary>One place where a body may block: the closing brace of a twait block, or a `twait(r…)`.</summary>
internal sealed class WaitPoint
{
    public WaitPoint(SyntaxNode syntax, SyntaxNode call, bool isBlock)
    {
        Syntax = syntax;
        Call = call;
        IsBlock = isBlock;
    }

    /// <summary>The UsingStatementSyntax of a block, the InvocationExpressionSyntax of a `twait(r…)`.</summary>
    public SyntaxNode Syntax { get; }

    /// <summary>The invocation of twait in either form; the lowered Dispose of a block carries this node.</summary>
    public SyntaxNode Call { get; }

    public bool IsBlock { get; }
}
