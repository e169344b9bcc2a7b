using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Facts;

/// <summary>Finds the scope object whose method each moving local function becomes: the innermost of those that the function needs.</summary>
internal sealed class FunctionPlacer(BodyContext context)
{
    private readonly Dictionary<IMethodSymbol, HashSet<int>> _needs = new(SymbolEqualityComparer.Default);

    public void Place(IReadOnlyList<(IMethodSymbol Symbol, LocalFunctionStatementSyntax Syntax)> functions)
    {
        foreach (var (symbol, _) in functions) _needs.Add(symbol, Needs(symbol));
        while (functions.Any(function => Extend(function.Symbol)))
        {
        }

        foreach (var (symbol, syntax) in functions) Add(symbol, syntax);
    }

    /// <summary>The scopes of the captured variables. A function that captures nothing, but is called by others that do, belongs to the whole body.</summary>
    private HashSet<int> Needs(IMethodSymbol function)
    {
        var variables = context.Captures.UsesOf(function).Variables.Select(variable => context.Locals.Find(variable)).OfType<int>();
        var scopes = new HashSet<int>(variables.Select(local => context.Locals.All[local].Scope));
        if (scopes.Count == 0) scopes.Add(context.Scopes.Add(context.Syntax, isInText: false));
        return scopes;
    }

    /// <summary>A function needs what the functions that it names need. Returns true if this added something.</summary>
    private bool Extend(IMethodSymbol function)
    {
        var needs = _needs[function];
        var before = needs.Count;
        foreach (var named in context.Captures.UsesOf(function).Functions) needs.UnionWith(_needs[named]);
        return needs.Count > before;
    }

    private void Add(IMethodSymbol function, LocalFunctionStatementSyntax syntax)
    {
        var home = context.Scopes.Innermost(_needs[function]);
        context.Scopes.Link(home, _needs[function].Where(scope => scope != home), needsSelf: !context.Body.IsStatic);
        if (function.TypeParameters.Any(own => context.Body.TypeParameters.Any(outer => outer.Name == own.Name)))
            context.Report(Rules.CannotBeCaptured, syntax.Identifier.GetLocation(), function.Name, "a local function with a type parameter of the same name as the method's");
        if (syntax is { Body: null, ExpressionBody: null })
            context.Report(Rules.CannotBeCaptured, syntax.Identifier.GetLocation(), function.Name, "an extern local function called by another one that may run later");
        context.Locals.Add(function, new Local(SymbolText.Name(function), "", LocalKind.Captured) { Scope = home });
    }
}
