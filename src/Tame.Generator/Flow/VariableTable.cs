using Microsoft.CodeAnalysis;

namespace Tame.Generator.Flow;

/// <summary>Numbers the locals and parameters of one body, so that sets of them are rows of bits.</summary>
internal sealed class VariableTable
{
    private readonly Dictionary<ISymbol, int> _indices = new(SymbolEqualityComparer.Default);
    private readonly List<ISymbol> _variables = new();
    private readonly IMethodSymbol _method;

    public VariableTable(IMethodSymbol method)
    {
        _method = method;
        foreach (var parameter in method.Parameters)
            Add(parameter);
    }

    public int Count => _variables.Count;

    public ISymbol this[int index] => _variables[index];

    /// <summary>-1 for symbols that are not variables of this body: constants, parameters of a primary constructor.</summary>
    public int IndexOrAdd(ISymbol symbol)
    {
        if (_indices.TryGetValue(symbol, out var index))
            return index;
        var isOurs = symbol is ILocalSymbol { IsConst: false } && SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, _method);
        return isOurs ? Add(symbol) : -1;
    }

    public bool TryGetIndex(ISymbol symbol, out int index) => _indices.TryGetValue(symbol, out index);

    public BitRow NewRow() => new(Count);

    private int Add(ISymbol symbol)
    {
        _variables.Add(symbol);
        _indices.Add(symbol, _variables.Count - 1);
        return _variables.Count - 1;
    }
}
