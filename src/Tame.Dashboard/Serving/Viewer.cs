using Tame.Dashboards.Graph;

namespace Tame.Dashboards.Serving;

/// <summary>A frame for a page. Only the newest is kept, so that a page that does not read needs little memory.</summary>
/// <param name="Figures">The figures, as JSON.</param>
/// <param name="Version">The version of the drawing.</param>
/// <param name="Svg">The drawing.</param>
/// <param name="Counts">The numbers on the drawing, as JSON.</param>
internal sealed record Frame(string Figures, int Version, string Svg, string Counts);

/// <summary>An open page: its settings, its drawing, and the newest frame. Painters paint it one at a time; any thread reads the frame.</summary>
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

    /// <summary>The number of the last request for it.</summary>
    public long Used { get; set; }

    /// <summary>The number of streams that show it.</summary>
    public int Streams { get; set; }

    public Frame? Frame
    {
        get => _frame;
        set => _frame = value;
    }
}

/// <summary>The open pages and those that were open recently, so that a page that reconnects finds its drawing. Thread-safe.</summary>
internal sealed class Viewers(int most, Func<GraphView> newView)
{
    private const int LongestName = 64;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Viewer> _byName = [];
    private long _uses;
    private int _streams;

    /// <summary>Whether a page is open, so that frames are needed.</summary>
    public bool AreWatching => Volatile.Read(ref _streams) != 0;

    public Viewer? Find(string? name)
    {
        lock (_lock)
            return name is not null && _byName.TryGetValue(name, out var viewer) ? viewer : null;
    }

    /// <summary>Begins a stream. Null if there are too many, or the name is invalid.</summary>
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

    /// <summary>The viewers that are shown now.</summary>
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
