namespace Tame;

/// <summary>Weak references to the objects that have been created and have not ended, in order of creation. Any thread may use it.</summary>
internal sealed class LiveList<T>
    where T : class
{
    private readonly Lock _lock = new();
    private readonly List<WeakReference<T>> _all = [];
    private int _made;

    /// <summary>Adds an object. Returns its number, from one.</summary>
    public int Add(T made)
    {
        lock (_lock)
        {
            _all.Add(new WeakReference<T>(made));
            return NextNumber();
        }
    }

    /// <summary>The number for the next object.</summary>
    public int NextNumber() => Interlocked.Increment(ref _made);

    /// <summary>Removes an object that has ended, and all objects that were collected.</summary>
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
