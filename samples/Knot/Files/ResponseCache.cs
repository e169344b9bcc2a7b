using System.Diagnostics.CodeAnalysis;

namespace Knot.Files;

/// <summary>Whole responses by path, with a limit in bytes. If a new one does not fit, the least recently used ones are removed.</summary>
internal sealed class ResponseCache
{
    private const int EntryOverhead = 256;      // dictionary, list node and the objects' headers, roughly

    private readonly Dictionary<string, LinkedListNode<CachedFile>> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LinkedListNode<CachedFile>>.AlternateLookup<ReadOnlySpan<char>> _byPath;
    private readonly LinkedList<CachedFile> _byUse = new();     // the most recently used first

    public ResponseCache(long capacity)
    {
        Capacity = capacity;
        _byPath = _entries.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public long Capacity { get; }

    /// <summary>The largest file worth caching: eight of them fit.</summary>
    public long LargestFile => Math.Min(Capacity / 8, Array.MaxLength);

    /// <summary>Bytes held now, never above <see cref="Capacity"/>.</summary>
    public long Bytes { get; private set; }

    public int Count => _entries.Count;

    public bool TryGet(ReadOnlySpan<char> path, [NotNullWhen(true)] out CachedFile? file)
    {
        if (!_byPath.TryGetValue(path, out var node))
        {
            file = null;
            return false;
        }

        if (_byUse.First != node)
        {
            _byUse.Remove(node);
            _byUse.AddFirst(node);
        }
        file = node.Value;
        return true;
    }

    /// <summary>Adds or replaces; a response larger than the whole cache is not kept.</summary>
    public void Add(CachedFile file)
    {
        Remove(file.Path);
        long cost = Cost(file);
        if (cost > Capacity)
            return;
        while (Bytes + cost > Capacity)
            Remove(_byUse.Last!.Value.Path);
        _entries.Add(file.Path, _byUse.AddFirst(file));
        Bytes += cost;
    }

    public void Remove(string path)
    {
        if (!_entries.Remove(path, out var node))
            return;
        _byUse.Remove(node);
        Bytes -= Cost(node.Value);
    }

    private static long Cost(CachedFile file) => file.Size + (file.Path.Length * sizeof(char)) + EntryOverhead;
}
