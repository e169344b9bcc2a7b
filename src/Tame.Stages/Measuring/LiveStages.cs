namespace Tame.Stages;

/// <summary>What has been made and not ended, in the order of making. Held weakly. Any thread.</summary>
internal sealed class LiveList<T>
    where T : class
{
    private readonly Lock _lock = new();
    private readonly List<WeakReference<T>> _all = [];

    public void Add(T made)
    {
        lock (_lock)
            _all.Add(new WeakReference<T>(made));
    }

    /// <summary>One has ended; those that the collector took go with it.</summary>
    public void Remove(T ended)
    {
        lock (_lock)
            _all.RemoveAll(reference => !reference.TryGetTarget(out var one) || ReferenceEquals(one, ended));
    }

    public List<T> All()
    {
        var all = new List<T>();
        lock (_lock)
        {
            foreach (var reference in _all)
            {
                if (reference.TryGetTarget(out var one))
                    all.Add(one);
            }
        }
        return all;
    }
}

/// <summary>The stages of this process that have not stopped.</summary>
internal static class LiveStages
{
    private static readonly LiveList<Stage> s_all = new();

    public static void Add(Stage stage) => s_all.Add(stage);

    public static void Remove(Stage stage) => s_all.Remove(stage);

    public static List<Stage> All() => s_all.All();
}
