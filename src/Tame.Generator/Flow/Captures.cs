using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Flow;

/// <summary>
/// Tells which variables nested functions name, and which of those a function may see after their scope has been entered again: then each entry needs a
/// separate object for them. Local functions that can be called at such times become methods of those objects.
/// </summary>
internal sealed class Captures(IMethodSymbol method, IReadOnlyCollection<ISymbol> owners, NestedFunctions nested)
{
    private readonly Dictionary<IMethodSymbol, LocalFunctionUses> _functions = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _variables = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _inObjects = new(SymbolEqualityComparer.Default);
    private readonly HashSet<SyntaxNode> _staying = [];

    /// <summary>The variables that any nested function names.</summary>
    public IReadOnlyCollection<ISymbol> Variables => _variables;

    public bool IsCaptured(ISymbol variable) => _variables.Contains(variable);

    /// <summary>Whether each entry of its scope needs a new variable.</summary>
    public bool NeedsObject(ISymbol variable) => _inObjects.Contains(variable);

    /// <summary>Whether a local function becomes a method of a scope object; all others in a scope with a wait stay local functions.</summary>
    public bool IsMoved(IMethodSymbol function) => _functions.TryGetValue(function, out var uses) && uses.IsMoved;

    /// <summary>The variables and moved functions that a moved function names.</summary>
    public LocalFunctionUses UsesOf(IMethodSymbol function) => _functions[function];

    /// <summary>Whether a node is in a nested function that may run after new variables have replaced those around it.</summary>
    public bool RunsLater(SyntaxNode place) => nested.Around(place).Any(function => !_staying.Contains(function));

    /// <summary>
    /// Records the names in an operation: the number of nested functions around it, and the local function of the body that contains it, if that is the
    /// outermost.
    /// </summary>
    public void Note(IOperation operation, int depth, LocalFunctionUses? outer)
    {
        switch (operation)
        {
            case ILocalReferenceOperation { Local.IsConst: false } reference:
                NoteVariable(reference.Local, depth, outer);
                break;
            case IParameterReferenceOperation reference:
                NoteVariable(reference.Parameter, depth, outer);
                break;
            case IInvocationOperation call:
                NoteFunction(call.TargetMethod, isCall: true, depth, outer);
                break;
            case IMethodReferenceOperation reference:
                NoteFunction(reference.Method, isCall: false, depth, outer);
                break;
            case IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak } when depth == 1 && outer is not null:
                outer.Escapes = true;
                break;
        }
    }

    /// <summary>The uses of a function that is nested in no other, if it is one of the body's local functions.</summary>
    public LocalFunctionUses? Enter(IOperation function)
    {
        if (function is not ILocalFunctionOperation local) return null;
        var uses = Uses(local.Symbol);
        uses.Declaration = local;
        uses.Escapes |= local.Symbol.IsAsync;
        return uses;
    }

    /// <summary>
    /// Decides which functions move, when everything has been recorded. Those in a scope without a wait stay where they are, like lambdas. What an escaping
    /// function calls escapes with it. What a moved one calls must move with it.
    /// </summary>
    public void Close(Func<ILocalFunctionOperation, bool> isBesideWait)
    {
        var lambdas = _functions.Where(pair => pair.Value.Declaration is not { } declaration || !isBesideWait(declaration)).ToList();
        foreach (var lambda in lambdas) _functions.Remove(lambda.Key);
        foreach (var lambda in lambdas) _inObjects.UnionWith(lambda.Value.Variables);
        foreach (var called in lambdas.SelectMany(lambda => lambda.Value.Functions).Where(_functions.ContainsKey)) _functions[called].Escapes = true;
        var all = _functions.Values;
        foreach (var function in all) function.Functions.IntersectWith(_functions.Keys);
        Spread(f => f.Escapes, f => f.Escapes, f => f.Escapes = true);
        while (all.Any(f => !f.HasCaptures && (f.Variables.Count > 0 || f.Functions.Any(g => _functions[g].HasCaptures))))
        {
            foreach (var function in all) function.HasCaptures |= function.Variables.Count > 0 || function.Functions.Any(g => _functions[g].HasCaptures);
        }

        foreach (var function in all) function.IsMoved = function.Escapes && function.HasCaptures;
        Spread(f => f.IsMoved, f => f.IsMoved, f => f.IsMoved = true);
        foreach (var function in all.Where(f => f.IsMoved)) _inObjects.UnionWith(function.Variables);
        _staying.UnionWith(all.Where(f => !f.IsMoved).Select(f => f.Declaration!.Syntax));
    }

    private LocalFunctionUses Uses(IMethodSymbol function)
    {
        if (!_functions.TryGetValue(function, out var uses)) _functions.Add(function, uses = new LocalFunctionUses());
        return uses;
    }

    private void NoteFunction(IMethodSymbol function, bool isCall, int depth, LocalFunctionUses? outer)
    {
        if (function.MethodKind != MethodKind.LocalFunction || !IsOfBody(function)) return;
        var called = Uses(function.OriginalDefinition);
        if (!isCall || depth > (outer is null ? 0 : 1)) called.Escapes = true;
        if (outer is null) return;
        outer.Functions.Add(function.OriginalDefinition);
        outer.Escapes |= depth > 1;
    }

    private void NoteVariable(ISymbol variable, int depth, LocalFunctionUses? outer)
    {
        if (depth == 0 || !owners.Contains(variable.ContainingSymbol, SymbolEqualityComparer.Default)) return;
        _variables.Add(variable);
        if (!IsOfBody(variable)) return; // the declarations of a lambda that runs in place stay in its text
        if (outer is null) _inObjects.Add(variable);
        else outer.Variables.Add(variable);
        if (outer is not null) outer.Escapes |= depth > 1;
    }

    private bool IsOfBody(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, method);

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

/// <summary>The names that a local function of the body uses, and the consequences of how it is used.</summary>
internal sealed class LocalFunctionUses
{
    public ILocalFunctionOperation? Declaration { get; set; }

    public HashSet<ISymbol> Variables { get; } = new(SymbolEqualityComparer.Default);

    public HashSet<IMethodSymbol> Functions { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Whether it may run later than the statement that names it.</summary>
    public bool Escapes { get; set; }

    public bool HasCaptures { get; set; }

    public bool IsMoved { get; set; }
}
