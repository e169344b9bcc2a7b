using System.Runtime.InteropServices;

namespace Tame.IO.Tests.Passing;

/// <summary>How many descriptors this process may have open, for as long as it is not disposed.</summary>
internal sealed partial class Limit : IDisposable
{
    private const int Descriptors = 7;
    private readonly Range _before;

    private Limit(nuint limit)
    {
        Assert.Equal(0, Get(Descriptors, out _before));
        Assert.Equal(0, Set(Descriptors, new Range { Now = limit, Most = _before.Most }));
    }

    /// <summary>Lets one more be opened.</summary>
    public static Limit ToNextDescriptor()
    {
        using var next = File.OpenHandle("/dev/null");
        return new Limit((nuint)next.DangerousGetHandle() + 1);
    }

    public void Dispose() => Assert.Equal(0, Set(Descriptors, _before));

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int Get(int resource, out Range limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int Set(int resource, in Range limit);

    private struct Range
    {
        public nuint Now;
        public nuint Most;
    }
}
