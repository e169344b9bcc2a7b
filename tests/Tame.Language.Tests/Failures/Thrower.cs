using System.Runtime.CompilerServices;

namespace Tame.Language.Tests.Failures;

/// <summary>Throws where it is told to. Nothing here is inlined: a frame that is gone has no line.</summary>
internal static class Thrower
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Throw() => throw new InvalidOperationException("thrown");

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool At(string place, string here) => place == here && Throw() > 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Number(string place, string here) => place == here ? Throw() : 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int[] Items(string place, string here) => place == here ? [Throw()] : [];

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IEnumerable<int> Broken(string place, string here)
    {
        if (place == here) Throw();
        yield break;
    }

    public static IEnumerable<int> Undisposable(string place, string here)
    {
        try
        {
            yield return 1;
        }
        finally
        {
            if (place == here) Throw();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IDisposable? Resource(string place, string here) => place == here && Throw() > 0 ? new MemoryStream() : null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IDisposable? Disposable(string place, string here) => place == here ? new Undisposed() : null;

    public static void Give(Event<int> e) => e.Trigger(0);

    private sealed class Undisposed : IDisposable
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Dispose() => Throw();
    }
}
