using Tame.Dashboards.Graph;

namespace Tame.Dashboards.Serving;

/// <summary>What a page gets at one time. Only the newest is kept, so that a page that does not read costs no memory.</summary>
/// <param name="Figures">The figures, as JSON.</param>
/// <param name="Version">The version of the drawing.</param>
/// <param name="Svg">The drawing.</param>
/// <param name="Counts">The numbers on the drawing, as JSON.</param>
internal sealed record Frame(string Figures, int Version, string Svg, string Counts);

/// <summary>An open page: what it wants to see, its drawing, and the newest frame. Painters paint it one at a time; any thread reads the frame.</summary>
internal sealed class Viewer(GraphView view)
{
    private volatile Frame? _frame;
    private volatile ViewRequest _request = new(new HashSet<int>(), 0);

    public GraphView View { get; } = view;

    public ViewRequest Request
    {
        get => _request;
        set => _request = value;
    }

    /// <summary>When it last was asked for, in the order of asking.</summary>
    public long Used { get; set; }

    /// <summary>How many streams show it.</summary>
    public int Streams { get; set; }

    public Frame? Frame
    {
        get => _frame;
        set => _frame = value;
    }
}

/// <summary>The pages that are open, and those that were lately, so that a page that connects again finds its drawing. Any thread may use it.</summary>
internal sealed class Viewers(int most, Func<GraphView> newView)
{
    private const int LongestName = 64;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Viewer> _byName = [];
    private long _uses;
    private int _streams;

    /// <summary>Whether a page is open, so that painting is worth it.</summary>
    public bool AreWatching => Volatile.Read(ref _streams) != 0;

    public Viewer? Find(string? name)
    {
        lock (_lock)
            return name is not null && _byName.TryGetValue(name, out var viewer) ? viewer : null;
    }

    /// <summary>A stream begins. Null where there are too many, or the name is none.</summary>
    public Viewer? Open(string? name, ViewRequest request)
    {
        if (string.IsNullOrEmpty(name) || name.Length > LongestName)
            return null;
        lock (_lock)
        {
            if (_streams == most)
                return null;
            if (!_byName.TryGetValue(name, out var viewer))
            {
                DropOldest();
                _byName.Add(name, viewer = new Viewer(newView()));
            }
            (viewer.Request, viewer.Used) = (request, ++_uses);
            viewer.Streams++;
            _streams++;
            return viewer;
        }
    }

    public void Close(Viewer viewer)
    {
        lock (_lock)
        {
            viewer.Streams--;
            _streams--;
        }
    }

    /// <summary>Those that are shown now.</summary>
    public List<Viewer> Watching()
    {
        lock (_lock)
            return [.. _byName.Values.Where(viewer => viewer.Streams != 0)];
    }

    private void DropOldest()
    {
        if (_byName.Count < most)
            return;
        var idle = _byName.Where(viewer => viewer.Value.Streams == 0).OrderBy(viewer => viewer.Value.Used).Select(viewer => viewer.Key).FirstOrDefault();
        if (idle is not null)
            _byName.Remove(idle);
    }
}
