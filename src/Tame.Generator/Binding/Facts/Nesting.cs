using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Facts;

/// <summary>
/// Limits how deeply a body may be nested. Roslyn's operations and most code that reads them recurse for each level, and a stack overflow cannot be caught.
/// Within the limit, a stack of 1.5 MB, which .NET gives a thread, is enough for them. The check itself does not recurse.
/// </summary>
internal static class Nesting
{
    private const int Level = 20;

    /// <summary>Another part of a chain uses less stack than a level does, because Roslyn walks many kinds of chains in a loop.</summary>
    private const int Link = 7;

    /// <summary>The compiler binds the body of a lambda once for each lambda around it.</summary>
    private const int Lambda = 80;

    /// <summary>About 300 levels, or 850 parts of one chain.</summary>
    private const int Deepest = 6200;

    /// <summary>The start of the innermost statement that contains too deep nesting, or null.</summary>
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
                // The statements after the declaration are inside its try.
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
