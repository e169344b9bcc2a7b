using Tame.CompilerServices;

namespace Tame;

/// <summary>The records of a loop for one wait point: the stretches that leave it, and whether the next is measured.</summary>
internal sealed class PointRecord(ClosureType type, int state)
{
    /// <summary>The state number for the end of a call.</summary>
    public const int End = -1;

    /// <summary>The number of first stretches that are all measured.</summary>
    private const int Always = 8;

    /// <summary>Of short stretches, one in this many is measured. It is a prime, because programs often repeat themselves after a power of two.</summary>
    private const int Seldom = 13;

    /// <summary>The length, in nanoseconds, of a stretch that is long in comparison to the cost of a measurement.</summary>
    private const double Long = 1000;

    private StretchRecord? _first;
    private int _measured;
    private int _left = 1;
    private double _running;

    public WaitPoint Point => type.WaitPoint(state);

    public bool IsSeen => _first is not null;

    /// <summary>The stretches that leave the point.</summary>
    public IEnumerable<StretchRecord> Stretches
    {
        get
        {
            for (var stretch = _first; stretch is not null; stretch = stretch.Next)
                yield return stretch;
        }
    }

    /// <summary>Called when a stretch begins here. Returns whether to measure it.</summary>
    public bool IsDue()
    {
        if (--_left > 0)
            return false;
        _left = _measured < Always || _running >= Long ? 1 : Seldom;
        return true;
    }

    /// <summary>Adds the measurement of a stretch that began here.</summary>
    public void Add(double running)
    {
        _running = _measured == 0 ? running : StretchRecord.Averaged(_running, running);
        if (_measured < Always)
            _measured++;
    }

    /// <summary>Counts a stretch to another point, and moves its record to the front, because the next is probably the same.</summary>
    public StretchRecord Count(PointRecord to, BlockingEdgeKind kind)
    {
        var stretch = _first;
        if (stretch is null || !stretch.Is(to, kind))
            stretch = Find(to, kind);
        stretch.Count++;
        return stretch;
    }

    private StretchRecord Find(PointRecord to, BlockingEdgeKind kind)
    {
        StretchRecord? before = null, stretch = _first;
        for (; stretch is not null && !stretch.Is(to, kind); stretch = stretch.Next)
            before = stretch;
        if (before is not null && stretch is not null)
            before.Next = stretch.Next;
        stretch ??= new StretchRecord(to, kind);
        stretch.Next = _first;
        return _first = stretch;
    }
}
