using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Binding.Pair;
using Tame.Generator.Binding.Text;
using Tame.Generator.Flow;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Facts;

/// <summary>The data that the binders of one body share: its symbols, the facts about it, and the collected results.</summary>
internal sealed class BodyContext
{
    private readonly Dictionary<ISymbol, int> _userLabels = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<(SyntaxNode, bool), int> _loopLabels = [];
    private readonly Dictionary<SyntaxNode, int> _sectionLabels = [];
    private readonly Dictionary<SyntaxNode, FinallyExits> _finallies = [];
    private readonly Dictionary<SyntaxNode, int> _caught = [];
    private readonly Dictionary<SyntaxNode, int> _returns = [];

    public required SemanticModel Model { get; init; }
    public required TamedPair Pair { get; init; }
    public required PrimitiveSymbols Primitives { get; init; }
    public required ExternAliases Aliases { get; init; }
    public required IMethodBodyOperation Operation { get; init; }
    public required BodyFlow Flow { get; init; }
    public required Waits Waits { get; init; }
    public required ScopeTable Scopes { get; init; }
    public required GeneratedNames Generated { get; init; }
    public required List<Diagnostic> Diagnostics { get; init; }
    public required CancellationToken Cancellation { get; init; }

    public MethodDeclarationSyntax Syntax => Pair.BodySyntax;

    public IMethodSymbol Declaration => Pair.Declaration;

    public IMethodSymbol Body => Pair.Body;

    public NestedFunctions Nested => Flow.Facts.Nested;

    public Captures Captures => Flow.Facts.Captures;

    public ScopeMap ScopeMap => Flow.Facts.Scopes;

    public LocalTable Locals => field ??= new LocalTable(AnonymousTypes, Aliases);

    public AnonymousTypes AnonymousTypes => field ??= new AnonymousTypes(Generated, Declaration.TypeParameters.Select(SymbolText.Name).InAngleBrackets(), Aliases);

    public List<Label> Labels { get; } = [];
    public List<SlotShape> Shapes { get; } = [];
    public HashSet<string> OtherNames { get; } = [];
    public List<LocalFunction> Functions { get; } = [];

    /// <summary>Whether the scope of a local, local function, or label is flattened, so that its declarations cannot stay in it.</summary>
    public bool IsFlattened(ISymbol symbol) => ScopeMap.Of(symbol) is { } scope && (Waits.IsSpine(scope.Node) || (scope.Host is { } host && Waits.IsSpine(host)));

    public void Report(DiagnosticDescriptor rule, SyntaxNode place, params object[] arguments) =>
        Report(rule, place.GetLocation(), arguments);

    public void Report(DiagnosticDescriptor rule, Location place, params object[] arguments) => Diagnostics.Add(Diagnostic.Create(rule, place, arguments));

    /// <summary>The label of a loop that <c>break</c> or, with <paramref name="next"/>, <c>continue</c> jumps to. It is created on first use.</summary>
    public int LoopLabel(SyntaxNode loop, bool next)
    {
        if (!_loopLabels.TryGetValue((loop, next), out var index)) _loopLabels.Add((loop, next), index = AddLabel(next ? "next" : "end", isUser: false));
        return index;
    }

    public LoopLabels LabelsOf(SyntaxNode loop) => new(
        _loopLabels.TryGetValue((loop, false), out var end) ? end : null, _loopLabels.TryGetValue((loop, true), out var next) ? next : null);

    /// <summary>The label at the start of a flattened switch section.</summary>
    public int SectionLabel(SwitchSectionSyntax section)
    {
        if (!_sectionLabels.TryGetValue(section, out var index)) _sectionLabels.Add(section, index = AddLabel("case", isUser: false));
        return index;
    }

    /// <summary>The label of a labeled statement. Labels with one name in sibling blocks get different labels.</summary>
    public int UserLabel(ISymbol label)
    {
        if (!_userLabels.TryGetValue(label, out var index)) _userLabels.Add(label, index = AddLabel(SymbolText.Name(label), isUser: true));
        return index;
    }

    /// <summary>The label of a catch clause that has moved after its try.</summary>
    public int CatchLabel() => AddLabel("catch", isUser: false);

    /// <summary>The label after the text of a <c>twait</c>'s lambda, to which a <c>return</c> in it jumps.</summary>
    public int ReturnLabel(AnonymousFunctionExpressionSyntax lambda)
    {
        if (!_returns.TryGetValue(lambda, out var index)) _returns.Add(lambda, index = AddLabel("return", isUser: false));
        return index;
    }

    public int? ReturnOf(AnonymousFunctionExpressionSyntax lambda) => _returns.TryGetValue(lambda, out var index) ? index : null;

    /// <summary>The jumps that leave a try whose finally waits.</summary>
    public FinallyExits FinallyOf(TryStatementSyntax region)
    {
        if (!_finallies.TryGetValue(region, out var exits)) _finallies.Add(region, exits = new FinallyExits(Locals, AddLabel("finally", isUser: false)));
        return exits;
    }

    /// <summary>The kept value with the exception that a catch clause has caught, for the <c>throw;</c> in it.</summary>
    public int Caught(CatchClauseSyntax clause)
    {
        if (!_caught.TryGetValue(clause, out var index)) _caught.Add(clause, index = Locals.AddHidden(HiddenValue.Caught, "global::System.Exception", holdsReferences: true));
        return index;
    }

    public bool ThrowsAgain(CatchClauseSyntax clause) => _caught.ContainsKey(clause);

    private int AddLabel(string name, bool isUser)
    {
        Labels.Add(new Label(name, isUser));
        return Labels.Count - 1;
    }
}
