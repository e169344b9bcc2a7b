using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Facts;

/// <summary>The scopes of a body that need an object at each entry, by the syntax node at which they are entered.</summary>
internal sealed class ScopeTable(MethodDeclarationSyntax body)
{
    private readonly Dictionary<SyntaxNode, int> _indices = [];
    private readonly List<SyntaxNode> _entries = [];
    private readonly List<ScopeObject> _scopes = [];

    public IReadOnlyList<ScopeObject> All => _scopes;

    /// <summary>The scope that is entered at a node, or null if it needs no object.</summary>
    public int? At(SyntaxNode entry) => _indices.TryGetValue(entry, out var index) ? index : null;

    public int Add(SyntaxNode entry, bool isInText)
    {
        if (!isInText) entry = Normal(entry);
        if (_indices.TryGetValue(entry, out var index)) return index;
        _indices.Add(entry, index = _scopes.Count);
        _entries.Add(entry);
        _scopes.Add(new ScopeObject(default) { IsInText = isInText });
        return index;
    }

    /// <summary>The innermost of scopes that all contain one location.</summary>
    public int Innermost(IEnumerable<int> scopes) => scopes.OrderBy(scope => Extent(_entries[scope])).First();

    public void Link(int scope, IEnumerable<int> links, bool needsSelf) => _scopes[scope] = _scopes[scope] with
    {
        Links = _scopes[scope].Links.Concat(links).Distinct().OrderBy(link => link).ToEquatable(),
        HasSelf = _scopes[scope].HasSelf || needsSelf,
    };

    /// <summary>Orders nested scopes. The declarations in a loop's header are in scope in the whole loop.</summary>
    private static int Extent(SyntaxNode entry) => entry.Parent switch
    {
        CommonForEachStatementSyntax loop when loop.Expression == entry => (2 * loop.Span.Length) + 1,
        ForStatementSyntax loop when loop.Statement != entry => (2 * loop.Span.Length) - 1,
        _ => 2 * entry.Span.Length,
    };

    /// <summary>The block of a foreach is entered once for each element, like the variable of the loop.</summary>
    private SyntaxNode Normal(SyntaxNode entry) => entry == body.Body || entry == body.ExpressionBody ? body
        : entry is BlockSyntax { Parent: CommonForEachStatementSyntax loop } ? loop : entry;
}
