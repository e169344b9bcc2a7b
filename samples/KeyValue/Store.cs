namespace KeyValue;

#region store
/// <summary>The values, and the events that wait for the next change of each. Only the loop's thread uses the store, so it needs no lock.</summary>
public sealed class Store
{
    private readonly Dictionary<string, string> _values = [];
    private readonly Dictionary<string, List<Event<string?>>> _watchers = [];

    public int Count => _values.Count;

    /// <summary>The number of events that it keeps.</summary>
    public int Watchers => _watchers.Values.Sum(watchers => watchers.Count);

    public string? Get(string key) => _values.GetValueOrDefault(key);

    /// <summary>Sets a value, or removes it if it is null, and triggers the events that wait for it.</summary>
    public void Set(string key, string? value)
    {
        if (value is null)
            _values.Remove(key);
        else
            _values[key] = value;
        if (!_watchers.Remove(key, out var watchers))
            return;
        foreach (var watcher in watchers)
            watcher.Trigger(value);
    }

    /// <summary>Triggers an event with the next value of a key, or with null when the key is removed.</summary>
    public void Watch(string key, Event<string?> changed)
    {
        if (!_watchers.TryGetValue(key, out var watchers))
            _watchers[key] = watchers = [];
        watchers.RemoveAll(watcher => !watcher.IsPending);      // nothing waits for these now
        watchers.Add(changed);
    }
}
#endregion
