namespace Tame.IO;

/// <summary>The directories and files of a <see cref="MemoryFileSystem"/> by their paths, with the exceptions of .NET on Unix.</summary>
internal sealed class MemoryTree
{
    private readonly MemoryDirectory _root = new(DateTimeOffset.UnixEpoch);

    /// <summary>A path from the root, without <c>.</c>, <c>..</c> and a separator at its end.</summary>
    public static string Full(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Replace(Path.DirectorySeparatorChar, '/').Split('/'))
        {
            if (part == "..")
                parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            else if (part is not ("" or "."))
                parts.Add(part);
        }
        return "/" + string.Join('/', parts);
    }

    /// <summary>The node at a path; null if it does not exist.</summary>
    public MemoryNode? Find(string path)
    {
        MemoryNode? node = _root;
        foreach (string name in Names(Full(path)))
            node = (node as MemoryDirectory)?.Nodes.GetValueOrDefault(name);
        return node;
    }

    public MemoryBytes Open(string path, FileMode mode, DateTimeOffset now, out bool isNew, out bool isCut)
    {
        isNew = isCut = false;
        var (parent, name) = ParentOf(path);
        var node = name.Length == 0 ? _root : parent.Nodes.GetValueOrDefault(name);
        if (node is not null && mode == FileMode.CreateNew)
            throw Exists(path);
        if (node is MemoryDirectory)
            throw IsDirectory(path);
        if (node is null)
        {
            if (mode is FileMode.Open or FileMode.Truncate)
                throw new FileNotFoundException($"Could not find file '{path}'.", path);
            isNew = true;
            parent.Nodes[name] = node = new MemoryBytes(now);
            parent.LastWriteTime = now;
        }
        var bytes = (MemoryBytes)node;
        isCut = !isNew && mode is FileMode.Create or FileMode.Truncate;
        if (isCut)
            bytes.SetLength(0, now);
        return bytes;
    }

    public FileEntry[] List(string path) => Find(path) switch
    {
        MemoryDirectory directory => [.. directory.Nodes.Select(node => node.Value.Entry(Path.Join(path, node.Key)))],
        _ => throw NoPart(path),
    };

    /// <summary>Returns the paths of the created directories, parents first.</summary>
    public List<string> CreateDirectory(string path, DateTimeOffset now)
    {
        var made = new List<string>();
        var directory = _root;
        string at = "";
        foreach (string name in Names(Full(path)))
        {
            at = $"{at}/{name}";
            if (!directory.Nodes.TryGetValue(name, out var node))
            {
                directory.Nodes[name] = node = new MemoryDirectory(now);
                directory.LastWriteTime = now;
                made.Add(at);
            }
            directory = node as MemoryDirectory ?? throw (at == Full(path) ? Exists(path) : NoPart(path));
        }
        return made;
    }

    /// <summary>False when there is nothing to delete.</summary>
    public bool Delete(string path)
    {
        var (parent, name) = ParentOf(path);
        if (name.Length == 0 || parent.Nodes.GetValueOrDefault(name) is MemoryDirectory)
            throw IsDirectory(path);
        return parent.Nodes.Remove(name);
    }

    /// <summary>Returns the paths of the deleted nodes, contents first.</summary>
    public List<string> DeleteDirectory(string path, bool recursive)
    {
        var node = Find(path);
        if (node is not MemoryDirectory directory)
            throw NoPart(path);
        if (ReferenceEquals(node, _root))
            throw new IOException("The root cannot be deleted.");
        if (directory.Nodes.Count != 0 && !recursive)
            throw new IOException($"Directory not empty : '{path}'");
        var deleted = new List<string>();
        AddAll(Full(path), directory, deleted);
        var (parent, name) = ParentOf(path);
        parent.Nodes.Remove(name);
        return deleted;
    }

    public void Rename(string from, string to, bool replace)
    {
        var node = Find(from) ?? throw new FileNotFoundException($"Could not find file '{from}'.", from);
        if (ReferenceEquals(node, _root))
            throw new IOException("The root cannot be renamed.");
        var (parent, name) = ParentOf(from);
        var (newParent, newName) = node is MemoryDirectory ? NewParentOf(to) : ParentOf(to);
        var there = newName.Length == 0 ? _root : newParent.Nodes.GetValueOrDefault(newName);
        if (node is MemoryDirectory)
            CheckDirectoryMove(from, to, there);
        else if (there is MemoryDirectory)
            throw Exists(to);
        else if (there is not null && !replace && !ReferenceEquals(there, node))
            throw Exists(to);
        parent.Nodes.Remove(name);
        newParent.Nodes[newName] = node;
    }

    private static void CheckDirectoryMove(string from, string to, MemoryNode? there)
    {
        if (Full(from) == Full(to))
            throw new IOException($"Source and destination path must be different: '{from}'.");
        if (there is not null)
            throw Exists(to);
        if (Full(to).StartsWith(Full(from) + "/", StringComparison.Ordinal))
            throw new IOException($"The directory '{from}' cannot be moved into itself, to '{to}'.");
    }

    private static void AddAll(string path, MemoryDirectory directory, List<string> deleted)
    {
        foreach (var (name, node) in directory.Nodes)
        {
            if (node is MemoryDirectory inner)
                AddAll($"{path}/{name}", inner, deleted);
            else
                deleted.Add($"{path}/{name}");
        }
        deleted.Add(path);
    }

    private static string[] Names(string full) => full.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static IOException Exists(string path) => new($"'{path}' exists already. Choose another path, or replace the file.");

    private static UnauthorizedAccessException IsDirectory(string path) => new($"Access to the path '{path}' is denied: it is a directory.");

    private static DirectoryNotFoundException NoPart(string path) => new($"Could not find a part of the path '{path}'.");

    /// <summary>The directory that contains a path, and the last name of the path, which is empty for the root.</summary>
    private (MemoryDirectory Parent, string Name) ParentOf(string path)
    {
        string full = Full(path);
        int last = full.LastIndexOf('/');
        var parent = Find(full[..last] is { Length: > 0 } above ? above : "/") as MemoryDirectory ?? throw NoPart(path);
        return (parent, full[(last + 1)..]);
    }

    /// <summary>The same for the new path of a directory. If a parent in the path is a file, that is a different failure from a missing parent.</summary>
    private (MemoryDirectory Parent, string Name) NewParentOf(string path)
    {
        MemoryNode node = _root;
        foreach (string name in Names(Full(path)).SkipLast(1))
        {
            if (node is not MemoryDirectory directory)
                throw new IOException($"Not a directory : '{path}'");
            node = directory.Nodes.GetValueOrDefault(name) ?? throw NoPart(path);
        }
        return node is MemoryDirectory ? ParentOf(path) : throw new IOException($"Not a directory : '{path}'");
    }
}
