#if DEBUG
namespace Tame;

// What a debug build counts: pooled objects that are outside their pools.
public sealed partial class EventLoop
{
    private Dictionary<string, int>? _outsideAtEnd;

    /// <summary>
    /// The number of objects, by kind, that were created or rented and were neither returned nor counted as gone. Empty if all are accounted for. After the
    /// end of the loop, these are the numbers at the end.
    /// </summary>
    internal IReadOnlyDictionary<string, int> Outside => _outsideAtEnd ?? Pools.CountOutside();

    /// <summary>Records the numbers at the end, and prints them if the environment variable TAME_BOOKS is 1.</summary>
    private void CloseBooks()
    {
        _outsideAtEnd = Pools.CountOutside();
        if (Environment.GetEnvironmentVariable("TAME_BOOKS") == "1")
            Console.Error.WriteLine("tame: outside their pools at the end of the loop: " + (_outsideAtEnd.Count == 0 ? "none" : string.Join(", ", _outsideAtEnd)));
    }
}
#endif
