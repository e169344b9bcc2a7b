using System.Runtime.InteropServices;

namespace Tame.IO.Tests.Peers;

/// <summary>The descriptors of this process, and their limit.</summary>
internal static partial class Descriptors
{
    private const int OfDescriptors = 7;

    /// <summary>How many are open.</summary>
    public static int Count => Numbers().Count();

    /// <summary>What is open of the kinds that networks use: sockets, and what loops wait by. The runtime opens files now and then.</summary>
    public static IReadOnlyList<string> OfNetworks =>
    [
        .. from path in Directory.GetFiles("/proc/self/fd")
           let target = new FileInfo(path).LinkTarget
           where target is not null && (target.StartsWith("socket:", StringComparison.Ordinal) || target.StartsWith("anon_inode:", StringComparison.Ordinal))
           orderby target
           select target,
    ];

    /// <summary>One more than the highest number that may be open.</summary>
    public static int Limit => GetLimit(OfDescriptors, out var limit) == 0 ? (int)Math.Min(limit.Current, int.MaxValue) : throw new InvalidOperationException("There is no limit of descriptors here.");

    /// <summary>Another can be opened.</summary>
    public static bool AreLeft
    {
        get
        {
            int fd = Open("/dev/null", 0);
            return fd >= 0 && Close(fd) == 0;
        }
    }

    /// <summary>Fails where more is open of these kinds than before.</summary>
    public static void AssertNoMoreThan(IReadOnlyList<string> before)
    {
        var after = OfNetworks;
        Assert.True(after.Count <= before.Count, $"{after.Count - before.Count} more are open: {string.Join(' ', after.Except(before))}");
    }

    public static void SkipWhereNotCounted() => Assert.SkipUnless(OperatingSystem.IsLinux(), "This counts the descriptors in /proc, which Linux has.");

    /// <summary>Raises the limit for this process and those that it starts, where the system allows it.</summary>
    /// <returns>The limit that holds.</returns>
    public static int Raise(int limit)
    {
        if (Limit < limit)
            Set(limit);
        return Limit;
    }

    /// <summary>Sets the limit so that about so many more can be opened. False where the system does not allow it.</summary>
    public static bool Leave(int count)
    {
        var open = Numbers().ToHashSet();
        int limit = 0;
        for (int left = count; left > 0; limit++)
            left -= open.Contains(limit) ? 0 : 1;
        return Set(limit);
    }

    private static bool Set(int limit) =>
        GetLimit(OfDescriptors, out var now) == 0 && SetLimit(OfDescriptors, new ResourceLimit((nuint)limit, nuint.Max(now.Most, (nuint)limit))) == 0;

    private static IEnumerable<int> Numbers() =>
        from path in Directory.GetFiles("/proc/self/fd")
        select int.Parse(Path.GetFileName(path), System.Globalization.CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int fd);

    /// <summary><c>struct rlimit</c>.</summary>
    private readonly record struct ResourceLimit(nuint Current, nuint Most);
}
