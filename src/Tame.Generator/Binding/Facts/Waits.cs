using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Flow;

namespace Tame.Generator.Binding.Facts;

/// <summary>Finds where a body waits and creates events, and which statements contain a wait (the spine).</summary>
internal sealed class Waits
{
    private readonly HashSet<SyntaxNode> _spine = [];
    private readonly HashSet<SyntaxNode> _blocks = [];
    private readonly Dictionary<SyntaxNode, (InvocationExpressionSyntax Call, WaitForm Form)> _statements = [];
    private readonly Dictionary<InvocationExpressionSyntax, IMethodSymbol> _events = [];
    private readonly Dictionary<InvocationExpressionSyntax, IMethodSymbol> _calls = [];

    private Waits(NestedFunctions nested) => Nested = nested;

    /// <summary>The functions in the body, which cannot contain a wait.</summary>
    public NestedFunctions Nested { get; }

    public static Waits Find(SyntaxNode body, SemanticModel model, PrimitiveSymbols primitives, CancellationToken cancellationToken)
    {
        var waits = new Waits(NestedFunctions.In(body, model, primitives, cancellationToken));
        foreach (var call in body.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (CalledName(call) is not ("twait" or "mkevent")) continue;
            var info = model.GetSymbolInfo(call, cancellationToken);
            if (info.Symbol is not IMethodSymbol method) continue;
            if (info.CandidateReason == CandidateReason.None) waits._calls.Add(call, method);
            if (primitives.IsMkevent(method)) waits._events.Add(call, method);
            else if (primitives.FormOf(method) is { } form) waits.AddWait(call, form, body);
        }

        return waits;
    }

    public IEnumerable<SyntaxNode> Blocks => _blocks;

    public IReadOnlyDictionary<InvocationExpressionSyntax, IMethodSymbol> Events => _events;

    /// <summary>The method that a call named <c>twait</c> or <c>mkevent</c> calls, if the compiler has chosen one and the call is not dynamic.</summary>
    public IMethodSymbol? MethodOf(InvocationExpressionSyntax call) => _calls.TryGetValue(call, out var method) ? method : null;

    /// <summary>Whether a statement (or a scope of any kind) contains a wait.</summary>
    public bool IsSpine(SyntaxNode node) => _spine.Contains(node);

    public bool IsBlock(SyntaxNode node) => _blocks.Contains(node);

    /// <summary>Whether a node opens a block: one that the user wrote, or that of a <c>twait(e => …)</c> or <c>twait(task)</c>.</summary>
    public bool HasBlockIn(SyntaxNode node) => _blocks.Any(block => node.Span.Contains(block.Span))
        || _statements.Any(statement => statement.Value.Form != WaitForm.Join && node.Span.Contains(statement.Key.Span));

    /// <summary>The call of <c>twait(…)</c> that is this whole statement or expression body.</summary>
    public (InvocationExpressionSyntax Call, WaitForm Form)? CallOf(SyntaxNode statement) => _statements.TryGetValue(statement, out var call) ? call : null;

    /// <summary>The number of twait blocks that are open at a node.</summary>
    public int DepthAt(SyntaxNode node) => node.Ancestors().Count(_blocks.Contains);

    public static string? CalledName(InvocationExpressionSyntax call) => call.Expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>Whether the arguments are those of the block form.</summary>
    public static bool IsBlockForm(InvocationExpressionSyntax call) => call.ArgumentList.Arguments.Count == 0;

    private void AddWait(InvocationExpressionSyntax call, WaitForm form, SyntaxNode body)
    {
        if (form == WaitForm.Block) _blocks.Add(call.Parent!);
        else _statements[call.Parent!] = (call, form);
        foreach (var node in call.AncestorsAndSelf())
        {
            _spine.Add(node);
            if (node == body) break;
        }
    }
}
