using System.Diagnostics.CodeAnalysis;

namespace Tame.IO.Tests.Peers;

/// <summary>The books of a loop's pools, which debug builds keep.</summary>
internal static class Books
{
    /// <summary>Whether all that a loop that has ended took from its pools came back; true in a release build, which does not count it.</summary>
    public static bool AreBalanced(EventLoop? loop, [NotNullWhen(false)] out string? books)
    {
        books = null;
#if DEBUG
        if (loop is { Outside.Count: not 0 })
            books = $"Outside their pools: {string.Join(", ", loop.Outside)}";
#endif
        return loop is not null && books is null;
    }

    public static void AssertBalanced(EventLoop? loop) => Assert.True(AreBalanced(loop, out string? books), books);
}
