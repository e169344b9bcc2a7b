#if DEBUG
using Tame.CompilerServices;

namespace Tame;

/// <summary>What a debug build counts: pooled objects that are outside their pools.</summary>
public sealed partial class EventLoop
{
    private Dictionary<string, int>? _outsideAtEnd;

    /// <summary>What was made or rented and neither came back nor was forgotten, by kind; empty when the loop's books balance. Of a loop that
    /// has ended: as it was at the end.</summary>
    internal IReadOnlyDictionary<string, int> Outside => _outsideAtEnd ?? CountOutside();

    /// <summary>Keeps the books as they are at the end, and shows them where the environment asks for it.</summary>
    private void CloseBooks()
    {
        _outsideAtEnd = CountOutside();
        if (Environment.GetEnvironmentVariable("TAME_BOOKS") == "1")
            Console.Error.WriteLine("tame: outside their pools at the end of the loop: " + (_outsideAtEnd.Count == 0 ? "none" : string.Join(", ", _outsideAtEnd)));
    }

    private Dictionary<string, int> CountOutside()
    {
        int lifelinesOfFreeBlocks = NestedBlocks.CountFree(HasLifeline) + _pools.Sum(pool => pool.CountFree(HasLifeline));
        var outside = new Dictionary<string, int>
        {
            ["lifelines"] = Lifelines.Outside - lifelinesOfFreeBlocks,
            ["nested blocks"] = NestedBlocks.Outside,
            ["trigger hooks"] = TriggerHooks.Outside,
            ["timer hooks"] = TimerHooks.Outside,
            ["timeout hooks"] = TimeoutHooks.Outside,
            ["outside work hooks"] = OutsideWorkHooks.Outside,
            ["entries"] = Entries.Outside,
            ["slot sets"] = _slotSets.Outside,
            ["closures and entries with ids"] = _pools.Sum(pool => pool.Outside),
        };
        return outside.Where(kind => kind.Value != 0).ToDictionary();
    }

    /// <summary>A block keeps its lifeline for its next use, also while it is free.</summary>
    private static bool HasLifeline(Work work) => work is Block { HasLifeline: true };
}
#endif
