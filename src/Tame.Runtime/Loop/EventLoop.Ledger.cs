#if DEBUG
namespace Tame;

// What a debug build counts: pooled objects that are outside their pools.
public sealed partial class EventLoop
{
    private Dictionary<string, int>? _outsideAtEnd;

    /// <summary>What was made or rented and neither came back nor was counted as gone, by kind; empty when the loop's books balance. Of a loop that
    /// has ended: as it was at the end.</summary>
    internal IReadOnlyDictionary<string, int> Outside => _outsideAtEnd ?? Pools.CountOutside();

    /// <summary>Keeps the books as they are at the end, and shows them where the environment asks for it.</summary>
    private void CloseBooks()
    {
        _outsideAtEnd = Pools.CountOutside();
        if (Environment.GetEnvironmentVariable("TAME_BOOKS") == "1")
            Console.Error.WriteLine("tame: outside their pools at the end of the loop: " + (_outsideAtEnd.Count == 0 ? "none" : string.Join(", ", _outsideAtEnd)));
    }
}
#endif
