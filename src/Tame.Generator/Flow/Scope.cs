using Microsoft.CodeAnalysis;

namespace Tame.Generator.Flow;

/// <summary>Where the variables of one block, clause or statement are in scope.</summary>
internal sealed class Scope(SyntaxNode node, SyntaxNode? entry = null, SyntaxNode? host = null)
{
    /// <summary>The text in which their names stand for them.</summary>
    public SyntaxNode Node => node;

    /// <summary>What makes new ones each time that it is entered: the scope itself, or a part of a loop's header.</summary>
    public SyntaxNode Entry => entry ?? node;

    /// <summary>The statement that the scope is a part of without braces around it, so that it is taken apart with that statement; null for all others.</summary>
    public SyntaxNode? Host => host;
}
