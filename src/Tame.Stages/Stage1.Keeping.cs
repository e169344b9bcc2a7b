namespace Tame.Stages;

/// <summary>
/// Places that runners have freed and keep back, so that offers that wait come in several at a time. With one at a time, a full queue between two threads on one core costs a switch of threads for each item.
/// </summary>
public sealed partial class Stage<T> : IKeepsRoom
{
    /// <summary>The most places that the runners keep back together.</summary>
    private const int MostKept = 512;

    /// <summary>If fewer entries are taken between two looks of the watch, the handler blocks or is slow.</summary>
    private const int FewTaken = 16;

    /// <summary>
    /// The entries that each let in an offer at once after a look that found the handler slow, before places are kept back again. They double with each such look: the watch need not look often at a handler that is
    /// always slow, and a thread that only had to wait for its core goes on as before.
    /// </summary>
    private const int FewestPrompt = 4, MostPrompt = 256;

    private TurnFlag<RealMemory> _watch;
    private long _takenAtLook;
    private int _prompt, _nextPrompt = FewestPrompt;

    /// <summary>The number of places that one runner may keep back.</summary>
    internal int MostOwed => Math.Min(Capacity / 2, MostKept) / Math.Max(1, _runners.Length);

    /// <summary>
    /// Whether a thread that has taken an entry may keep its place back: the watch lets offers in if the handler blocks. The thread took the entry with a full fence. So the watch, which clears its flag before
    /// its last look, sees the place, or the thread sees that nothing watches.
    /// </summary>
    internal bool MayKeepRoom()
    {
        if (_watch.IsSet)
            return true;
        if (_prompt > 0)
        {
            _prompt--;
            return false;
        }
        if (_watch.TrySet())
        {
            _takenAtLook = Taken;
            RoomWatch.Add(this);
        }
        return true;
    }

    bool IKeepsRoom.LookForRoom()
    {
        long taken = Taken;
        bool isSlow = taken - _takenAtLook < FewTaken;
        _takenAtLook = taken;
        _prompt = isSlow ? _nextPrompt : 0;
        _nextPrompt = isSlow ? Math.Min(2 * _nextPrompt, MostPrompt) : FewestPrompt;
        if (!isSlow && _waiters.Count != 0)
            return true;
        return _watch.End(new LetAllIn(this));
    }

    /// <summary>The last look of the watch.</summary>
    private readonly struct LetAllIn(Stage<T> stage) : ITurnWork
    {
        /// <summary>Needs no other look after it.</summary>
        public bool Any()
        {
            stage.GiveRoom();
            return false;
        }
    }
}
