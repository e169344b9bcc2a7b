using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Facts;

/// <summary>
/// Bounds how deep a body may be nested. Roslyn's operations and most of what reads them call themselves for each level, and nothing can catch the overflow
/// of a stack. Within the bound a stack of 1.5 MB, which .NET gives a thread, is enough for them. The bound itself is found without recursion.
/// </summary>
internal static class Nesting
{
    private const int Level = 20;

    /// <summary>The next part of a chain takes less stack than a level does: Roslyn walks many kinds of chains in a loop.</summary>
    private const int Link = 7;

    /// <summary>The compiler binds the body of a lambda once for each lambda around it.</summary>
    private const int Lambda = 80;

    /// <summary>About 300 levels, or 850 parts of one chain.</summary>
    private const int Deepest = 6200;

    /// <summary>The start of the innermost statement in which something is too deep, if there is one.</summary>
    public static SyntaxToken? TooDeep(SyntaxNode body)
    {
        var open = new Stack<(SyntaxNode Node, int Depth)>();
        open.Push((body, 0));
        while (open.Count > 0)
        {
            var (node, depth) = open.Pop();
            if (depth > Deepest) return (node.FirstAncestorOrSelf<StatementSyntax>() ?? body).GetFirstToken();
            foreach (var child in node.ChildNodes())
            {
                open.Push((child, depth + Cost(child)));
                // What follows the declaration is inside its try.
                if (child is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 }) depth += Level;
            }
        }

        return null;
    }

    private static int Cost(SyntaxNode node) => node switch
    {
        BlockSyntax when node.Parent is not (BlockSyntax or SwitchSectionSyntax) => 0,
        StatementSyntax => node.Parent is ElseClauseSyntax ? Link : Level,
        AnonymousFunctionExpressionSyntax => Lambda,
        ExpressionSyntax or PatternSyntax => node.Parent switch
        {
            InvocationExpressionSyntax call when call.Expression == node => 0,
            MemberAccessExpressionSyntax or ElementAccessExpressionSyntax when IsFirst(node) => Link,
            BinaryExpressionSyntax or BinaryPatternSyntax when IsFirst(node) => Link,
            _ => Level,
        },
        _ => 0,
    };

    private static bool IsFirst(SyntaxNode node) => node.SpanStart == node.Parent!.SpanStart;
}
