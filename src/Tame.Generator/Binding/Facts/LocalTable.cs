using Microsoft.CodeAnalysis;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Facts;

/// <summary>The locals that change from the user's form, each with its index in the model. Locals inside flesh are not in it.</summary>
internal sealed class LocalTable(AnonymousTypes anonymousTypes, ExternAliases aliases)
{
    private readonly Dictionary<ISymbol, int> _indices = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<Local> _locals = [];
    private readonly List<(ISymbol? Symbol, ITypeSymbol? Type)> _origins = [];

    public IReadOnlyList<Local> All => _locals;

    /// <summary>The origin of each: a user's variable, or a value of a type. Neither for a generated one whose type exists only as text.</summary>
    public IReadOnlyList<(ISymbol? Symbol, ITypeSymbol? Type)> Origins => _origins;

    public int? Find(ISymbol? symbol) => symbol is not null && _indices.TryGetValue(symbol, out var index) ? index : null;

    /// <summary>Whether a user's local in the table has this name.</summary>
    public bool Has(string name) => _names.Contains(name);

    /// <summary>Whether references to this local are text edits and its declaration moves to the closure, a scope object, or the top of the method.</summary>
    public bool IsHoisted(ISymbol? symbol) => Find(symbol) is { } index && _locals[index].Kind != LocalKind.InPlace;

    public void Add(ISymbol symbol, Local local)
    {
        _indices.Add(symbol, _locals.Count);
        _names.Add(symbol.Name);
        _locals.Add(local);
        _origins.Add((symbol, symbol switch { ILocalSymbol variable => variable.Type, IParameterSymbol parameter => parameter.Type, _ => null }));
    }

    /// <summary>Adds a value that the lowering of a statement keeps, such as the enumerator of a <c>foreach</c>.</summary>
    public int AddHidden(HiddenValue value, string type, bool holdsReferences)
    {
        _locals.Add(new Local(NameOf(value), type, LocalKind.Kept) { HoldsReferences = holdsReferences, Hidden = value });
        _origins.Add((null, null));
        return _locals.Count - 1;
    }

    public int AddHidden(HiddenValue value, ITypeSymbol type)
    {
        _locals.Add(WithType(new Local(NameOf(value), "", LocalKind.Kept) { Hidden = value }, type));
        _origins.Add((null, type));
        return _locals.Count - 1;
    }

    /// <summary>A type that cannot be written is kept as object. If even that is impossible, the caller has reported it.</summary>
    public Local WithType(Local local, ITypeSymbol type)
    {
        var example = anonymousTypes.Find(type);
        return local with
        {
            Type = example is null ? SymbolText.Of(type, aliases) : "object?",
            Example = example,
            HoldsReferences = example is not null || SymbolText.HoldsReferences(type),
        };
    }

    private static string NameOf(HiddenValue value) => value.ToString().ToLowerInvariant();

    public void MarkNamed(int index) => _locals[index] = _locals[index] with { IsNamed = true };

    public void MarkReassigned(int index) => _locals[index] = _locals[index] with { IsReassigned = true };
}
