namespace Knot.Files;

/// <summary>Follows every symbolic link in a path, as realpath(3) does.</summary>
internal static class RealPath
{
    private const int MaxLinks = 40;    // the number that Linux follows before it returns ELOOP

    /// <summary>The path without links; null for a cycle of links.</summary>
    public static string? Resolve(string path)
    {
        int links = 0;
        var todo = new Stack<string>(Segments(path).Reverse());
        string root = Path.GetPathRoot(Path.GetFullPath(path))!;
        string real = root;
        while (todo.TryPop(out var segment))
        {
            if (segment is ".")
                continue;
            if (segment is "..")
            {
                real = Path.GetDirectoryName(real) ?? root;
                continue;
            }

            string next = Path.Join(real, segment);
            if (new FileInfo(next).LinkTarget is not { } link)
            {
                real = next;
                continue;
            }
            if (++links > MaxLinks)
                return null;
            if (Path.IsPathRooted(link))
                real = root;
            foreach (var part in Segments(link).Reverse())
                todo.Push(part);
        }
        return real;
    }

    /// <summary>Whether <paramref name="path"/> is <paramref name="root"/> or lies below it; both are real paths.</summary>
    public static bool IsInside(string path, string root) =>
        path.StartsWith(root, StringComparison.Ordinal)
        && (path.Length == root.Length || Path.EndsInDirectorySeparator(root) || path[root.Length] == Path.DirectorySeparatorChar);

    private static string[] Segments(string path) =>
        path[(Path.GetPathRoot(path)?.Length ?? 0)..]
            .Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
}
