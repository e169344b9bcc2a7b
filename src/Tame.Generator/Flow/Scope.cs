using Microsoft.CodeAnalysis;

namespace Tame.Generator.Flow;

/// <summary>The scope of the variables of one block, clause, or statement.</summary>
internal sealed class Scope(SyntaxNode node, SyntaxNode? entry = null, SyntaxNode? host = null)
{
    /// <summary>The text in which their names refer to them.</summary>
    public SyntaxNode Node => node;

    /// <summary>The node at whose entry new variables are created: the scope itself, or a part of a loop's header.</summary>
    public SyntaxNode Entry => entry ?? node;

    /// <summary>The statement that contains the scope without braces, so that both are flattened together. Null for all others.</summary>
    public SyntaxNode? Host => host;
}
