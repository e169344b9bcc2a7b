using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Flow;

namespace Tame.Generator.Binding.Facts;

/// <summary>
/// Tells which variables a lambda may see after the scope that made them has been entered anew, so that each entry needs an object of its own
/// for them; and which local functions can go where those lambdas go, so that they become methods of such objects.
/// </summary>
internal sealed class Captures
{
    private readonly Dictionary<IMethodSymbol, LocalFunctionUses> _functions = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _variables = new(SymbolEqualityComparer.Default);
    private readonly MethodDeclarationSyntax _body;
    private readonly SemanticModel _model;
    private readonly IMethodSymbol _method;
    private readonly NestedFunctions _nested;

    private Captures(MethodDeclarationSyntax body, SemanticModel model, IMethodSymbol method, NestedFunctions nested)
    {
        _body = body;
        _model = model;
        _method = method;
        _nested = nested;
    }

    public static Captures Find(
        MethodDeclarationSyntax body, SemanticModel model, IMethodSymbol method, NestedFunctions nested, Waits waits, CancellationToken cancellation)
    {
        var captures = new Captures(body, model, method, nested);
        if (!nested.Any) return captures;
        captures.FindFunctions(waits, cancellation);
        foreach (var name in body.DescendantNodes().OfType<SimpleNameSyntax>().Where(name => !MemberName.Is(name))) captures.Note(name, cancellation);
        captures.Close();
        return captures;
    }

    /// <summary>Whether each entry of its scope needs this variable anew.</summary>
    public bool IsCaptured(ISymbol variable) => _variables.Contains(variable);

    /// <summary>Whether a local function becomes a method of a scope object; all others beside a wait stay local functions.</summary>
    public bool IsMoved(IMethodSymbol function) => _functions.TryGetValue(function, out var uses) && uses.IsMoved;

    /// <summary>The variables and moved functions that a moved function names.</summary>
    public LocalFunctionUses UsesOf(IMethodSymbol function) => _functions[function];

    /// <summary>Whether a place lies in a lambda, a query or another function that may run when the variables around it have been made anew.</summary>
    public bool RunsLater(SyntaxNode place) => _nested.Around(place).Any(function => FunctionOf(function) is not { IsMoved: false });

    /// <summary>What is known of a local function beside a wait; null for every other nested function.</summary>
    private LocalFunctionUses? FunctionOf(SyntaxNode function) => function is LocalFunctionStatementSyntax local
        && _model.GetDeclaredSymbol(local) is IMethodSymbol symbol && _functions.TryGetValue(symbol, out var uses) ? uses : null;

    private void FindFunctions(Waits waits, CancellationToken cancellation)
    {
        foreach (var function in _body.DescendantNodes(node => !_nested.Is(node)).OfType<LocalFunctionStatementSyntax>())
        {
            if (!waits.IsSpine(Scopes.Of(function)) || _model.GetDeclaredSymbol(function, cancellation) is not IMethodSymbol symbol) continue;
            var isIterator = function.DescendantNodes(node => node == function || !_nested.Is(node)).OfType<YieldStatementSyntax>().Any();
            _functions.Add(symbol, new LocalFunctionUses { Escapes = symbol.IsAsync || isIterator });
        }
    }

    private void Note(SimpleNameSyntax name, CancellationToken cancellation)
    {
        var nests = _nested.Around(name).Reverse().ToList();
        var symbol = _model.GetSymbolInfo(name, cancellation).Symbol;
        var outer = nests.Count == 0 ? null : FunctionOf(nests[0]);
        if (symbol is IMethodSymbol method && _functions.TryGetValue(method.OriginalDefinition, out var called)) NoteFunction(name, nests.Count, outer, method.OriginalDefinition, called);
        else if (nests.Count > 0 && symbol is ILocalSymbol or IParameterSymbol && SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, _method)) NoteVariable(symbol, nests.Count, outer);
    }

    private void NoteFunction(SimpleNameSyntax name, int depth, LocalFunctionUses? outer, IMethodSymbol function, LocalFunctionUses called)
    {
        if (Nameof.IsAround(name, _model)) return;
        var isCall = name.Parent is InvocationExpressionSyntax call && call.Expression == name;
        if (!isCall || depth > (outer is null ? 0 : 1)) called.Escapes = true;
        if (outer is null) return;
        outer.Functions.Add(function);
        outer.Escapes |= depth > 1;
    }

    private void NoteVariable(ISymbol variable, int depth, LocalFunctionUses? outer)
    {
        if (variable is ILocalSymbol { IsConst: true }) return;
        if (outer is null) _variables.Add(variable);
        else outer.Variables.Add(variable);
        if (outer is not null) outer.Escapes |= depth > 1;
    }

    /// <summary>What an escaping function calls escapes with it; what a moved one calls has to be where it is.</summary>
    private void Close()
    {
        var all = _functions.Values;
        Spread(f => f.Escapes, f => f.Escapes, f => f.Escapes = true);
        while (all.Any(f => !f.HasCaptures && (f.Variables.Count > 0 || f.Functions.Any(g => _functions[g].HasCaptures))))
        {
            foreach (var function in all) function.HasCaptures |= function.Variables.Count > 0 || function.Functions.Any(g => _functions[g].HasCaptures);
        }

        foreach (var function in all) function.IsMoved = function.Escapes && function.HasCaptures;
        Spread(f => f.IsMoved, f => f.IsMoved, f => f.IsMoved = true);
        foreach (var function in all.Where(f => f.IsMoved)) _variables.UnionWith(function.Variables);
    }

    private void Spread(Func<LocalFunctionUses, bool> from, Func<LocalFunctionUses, bool> has, Action<LocalFunctionUses> mark)
    {
        var open = new Stack<LocalFunctionUses>(_functions.Values.Where(from));
        while (open.Count > 0)
        {
            foreach (var called in open.Pop().Functions.Select(f => _functions[f]).Where(f => !has(f)))
            {
                mark(called);
                open.Push(called);
            }
        }
    }
}

/// <summary>What a local function beside a wait names, and what follows from how it is used.</summary>
internal sealed class LocalFunctionUses
{
    public HashSet<ISymbol> Variables { get; } = new(SymbolEqualityComparer.Default);

    public HashSet<IMethodSymbol> Functions { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Whether it may run later than the statement that names it.</summary>
    public bool Escapes { get; set; }

    public bool HasCaptures { get; set; }

    public bool IsMoved { get; set; }
}
