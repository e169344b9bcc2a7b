using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// The events of a block after its first. Numbers are taken from the loop in runs, so that a subtraction finds the cell of a number, even if other events are
/// created in between.
/// </summary>
internal struct ExtraCells()
{
    private const int Least = 4;
    private const int Kept = 256;
    private Cell[] _cells = [];

    /// <summary>The number of a cell minus its index, in the latest run. Most blocks have one run, so the others are rarely examined.</summary>
    private long _shift;

    /// <summary>The same for the earlier runs, the oldest first.</summary>
    private long[] _olderShifts = [];
    private int _olderCount;
    private int _reserved;
    private int _count;

    public readonly int Count => _count;

    public readonly ref Cell this[int index] => ref _cells[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Cell Add(EventLoop loop, out long number)
    {
        int index = _count;
        if (index == _reserved)
            Reserve(loop);
        _count = index + 1;
        loop.Numbers.UseReserved();
        number = _shift + index;
        ref var cell = ref _cells[index];
        cell.Number = number;
        return ref cell;
    }

    /// <summary>The pending event with that number, or a null reference. Safe on any thread, where it also finds events that were added before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref Cell Find(long number)
    {
        long index = number - Volatile.Read(in _shift);
        var cells = _cells;
        if ((ulong)index < (ulong)cells.Length && cells[index].Number == number)
            return ref cells[index];
        return ref FindInOlderRuns(number);
    }

    /// <summary>Marks all events complete and collects their hooks.</summary>
    public readonly void CloseAll(EventLoop loop, ref HookList hooks)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_cells[i].IsPending)
                hooks.Add(_cells[i].Close(loop));
        }
    }

    public void Reset()
    {
        if (_cells.Length > Kept && _count < _cells.Length / 4)
            _cells = new Cell[Kept];
        _count = _reserved = _olderCount = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly ref Cell FindInOlderRuns(long number)
    {
        var cells = _cells;
        var shifts = _olderShifts;
        for (int i = Math.Min(_olderCount, shifts.Length) - 1; i >= 0; i--)
        {
            long index = number - shifts[i];
            if ((ulong)index < (ulong)cells.Length && cells[index].Number == number)
                return ref cells[index];
        }
        return ref Unsafe.NullRef<Cell>();
    }

    /// <summary>Takes numbers for as many events as there are, and for all cells that are left from the block's last use.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Reserve(EventLoop loop)
    {
        int length = Math.Max(Math.Max(Least, _reserved), _cells.Length - _reserved);
        if (_cells.Length < _reserved + length)
            Array.Resize(ref _cells, _reserved + length);
        long shift = loop.Numbers.Reserve(length) - _reserved;
        if (_reserved != 0 && shift != _shift)
        {
            if (_olderCount == _olderShifts.Length)
                Array.Resize(ref _olderShifts, Math.Max(1, 2 * _olderCount));
            _olderShifts[_olderCount] = _shift;
            _olderCount++;
        }
        Volatile.Write(ref _shift, shift); // another thread that sees it also sees the previous value among the older ones
        _reserved += length;
    }
}
