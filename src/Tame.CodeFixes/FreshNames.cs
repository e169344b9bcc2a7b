using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tame.CodeFixes;

/// <summary>Creates names that a method does not use. A name that its text never mentions hides no member, local, or type from it.</summary>
internal sealed class FreshNames(SyntaxNode method)
{
    private readonly HashSet<string> _used = [.. method.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)];

    public bool IsUsed(string name) => _used.Contains(name);

    /// <summary>The requested name, or the name with the first number that makes it fresh.</summary>
    public string Make(string name)
    {
        var fresh = name;
        for (var number = 2; !_used.Add(fresh); number++)
            fresh = name + number;
        return fresh;
    }

    /// <summary>A name for the value of an expression, taken from the last name in it: <c>items</c> for <c>this._items</c>.</summary>
    public string MakeFor(SyntaxNode expression)
    {
        var last = expression.DescendantTokens().LastOrDefault(token => token.IsKind(SyntaxKind.IdentifierToken)).ValueText?.TrimStart('_') ?? "";
        var name = last.Length > 0 ? char.ToLowerInvariant(last[0]) + last.Substring(1) : "";
        return Make(SyntaxFacts.IsValidIdentifier(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "value");
    }
}
