using Microsoft.CodeAnalysis;

namespace Tame.Generator.Analysis.Paths;

/// <summary>
/// Numbers the objects that the paths of one body are followed for: variables with events, rendezvous, slots, and the places where events are created.
/// </summary>
internal sealed class PathTable
{
    private readonly Dictionary<ISymbol, int> _holders = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, int> _rendezvous = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, int> _slots = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, int> _values = new(SymbolEqualityComparer.Default);
    private readonly List<MakeSite> _sites = new();
    private readonly Dictionary<int, MakeSite?> _siteOf = new();

    private readonly HashSet<int> _looped = new();

    public IReadOnlyList<MakeSite> Sites => _sites;

    public IReadOnlyCollection<ISymbol> Holders => _holders.Keys;

    public IReadOnlyCollection<ISymbol> Rendezvous => _rendezvous.Keys;

    public ISymbol HolderAt(int index) => _holders.First(pair => pair.Value == index).Key;

    public ISymbol RendezvousAt(int index) => _rendezvous.First(pair => pair.Value == index).Key;

    public ISymbol SlotAt(int index) => _slots.First(pair => pair.Value == index).Key;

    public int AddHolder(ISymbol variable) => Add(_holders, variable);

    public int AddRendezvous(ISymbol variable) => Add(_rendezvous, variable);

    public int AddSlot(ISymbol variable) => Add(_slots, variable);

    /// <summary>A variable with values that conditions may test.</summary>
    public int AddValue(ISymbol variable) => Add(_values, variable);

    public ISymbol ValueAt(int index) => _values.First(pair => pair.Value == index).Key;

    public void Add(MakeSite site)
    {
        _sites.Add(site);
        if (site.Holder is { } holder)
            _siteOf[holder] = _siteOf.ContainsKey(holder) ? null : site;
    }

    /// <summary>True if events of the rendezvous are created or joined in a loop, so that a path around it has other numbers each time.</summary>
    public bool IsLooped(int rendezvous) => _looped.Contains(rendezvous);

    public void AddLooped(int rendezvous) => _looped.Add(rendezvous);

    public int? Holder(ISymbol variable) => Find(_holders, variable);

    public int? RendezvousOf(ISymbol variable) => Find(_rendezvous, variable);

    /// <summary>Where the event in a variable was created. Null if it is a parameter or may be one of several.</summary>
    public MakeSite? SiteOf(int holder) => _siteOf.TryGetValue(holder, out var site) ? site : null;

    private static int Add(Dictionary<ISymbol, int> table, ISymbol variable)
    {
        if (!table.TryGetValue(variable, out var index))
            table.Add(variable, index = table.Count);
        return index;
    }

    private static int? Find(Dictionary<ISymbol, int> table, ISymbol variable) => table.TryGetValue(variable, out var index) ? index : null;
}
