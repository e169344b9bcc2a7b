using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Flow;

/// <summary>The scope of each variable, local function and label of a body, as Roslyn's operations list them.</summary>
internal sealed class ScopeMap
{
    private readonly Dictionary<ISymbol, Scope> _scopes = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Null for symbols that are not declared in the body, such as a parameter.</summary>
    public Scope? Of(ISymbol symbol) => _scopes.TryGetValue(symbol, out var scope) ? scope : null;

    /// <summary>Whether anything of this name is declared in the body.</summary>
    public bool Declares(string name) => _names.Contains(name);

    /// <summary>Whether the whole of a node is in the scope of a variable.</summary>
    public bool IsInScope(ISymbol variable, SyntaxNode place) => Of(variable) is not { } scope || scope.Node.Span.Contains(place.Span);

    /// <summary>
    /// Records the declarations of an operation. Returns the scope of the labels and local functions below it; <paramref name="around"/> is that of its
    /// siblings.
    /// </summary>
    public Scope? Enter(IOperation operation, Scope? around)
    {
        switch (operation)
        {
            case IBlockOperation block:
                return Add(block.Locals, OfBlock(block));
            case ISwitchOperation choice:
                return Add(choice.Locals, new Scope(choice.Syntax));
            case ISwitchCaseOperation section:
                Add(section.Locals, new Scope(section.Syntax, entry: section.Syntax.Parent, host: section.Syntax.Parent));
                break;
            case ILoopOperation loop:
                Add(loop.Locals, new Scope(loop.Syntax));
                if (loop is IForLoopOperation { ConditionLocals: { IsEmpty: false } locals }) Add(locals, new Scope(loop.Syntax, entry: ((ForStatementSyntax)loop.Syntax).Condition));
                break;
            case ICatchClauseOperation clause:
                Add(clause.Locals, new Scope(clause.Syntax));
                break;
            case IUsingOperation resource:
                Add(resource.Locals, new Scope(resource.Syntax));
                break;
            case ISwitchExpressionArmOperation arm:
                Add(arm.Locals, new Scope(arm.Syntax));
                break;
            case { Syntax: FixedStatementSyntax pinned, SemanticModel: { } model }:
                Add(LocalsOf(pinned, model), new Scope(pinned));
                break;
            case ILocalFunctionOperation function when around is not null:
                Add(function.Symbol, around);
                break;
            case ILabeledOperation labeled when around is not null:
                Add(labeled.Label, around);
                break;
        }

        return around;
    }

    private Scope Add(ImmutableArray<ILocalSymbol> locals, Scope scope)
    {
        foreach (var local in locals) Add(local, scope);
        return scope;
    }

    private void Add(ISymbol symbol, Scope scope)
    {
        _scopes[symbol] = scope;
        _names.Add(symbol.Name);
    }

    /// <summary>A statement in the position of a block, and the incrementors of a loop, have variables but no braces.</summary>
    private static Scope OfBlock(IBlockOperation block) => block.Syntax switch
    {
        BlockSyntax or ArrowExpressionClauseSyntax => new Scope(block.Syntax),
        CommonForEachStatementSyntax loop => new Scope(loop, entry: loop.Expression),
        var part => new Scope(part, host: block.Parent!.Syntax),
    };

    /// <summary>Roslyn's operation of a fixed statement is not public.</summary>
    private static ImmutableArray<ILocalSymbol> LocalsOf(FixedStatementSyntax pinned, SemanticModel model) =>
        [.. pinned.Declaration.DescendantNodes().Where(node => node is VariableDeclaratorSyntax or SingleVariableDesignationSyntax).Select(node => model.GetDeclaredSymbol(node)).OfType<ILocalSymbol>()];
}
