using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// The events of a block after its first. Numbers are taken from the loop in runs, so that a number leads to its cell by a subtraction,
/// even though other events are made in between.
/// </summary>
internal struct MoreCells()
{
    private const int Kept = 256;
    private Cell[] _cells = [];
    private NumberRun[] _runs = [];
    private int _runCount;
    private int _reserved;
    private int _count;

    public readonly int Count => _count;

    public readonly ref Cell this[int index] => ref _cells[index];

    public ref Cell Add(EventLoop loop, out long number)
    {
        if (_count == _reserved)
            Reserve(loop);
        ref var run = ref _runs[_runCount - 1];
        number = run.First + (_count - run.Index);
        ref var cell = ref _cells[_count++];
        cell.Number = number;
        return ref cell;
    }

    public readonly ref Cell Find(long number)
    {
        var runs = _runs;
        for (int i = Math.Min(_runCount, runs.Length) - 1; i >= 0; i--)
        {
            ulong distance = (ulong)(number - runs[i].First);
            if (distance >= (ulong)runs[i].Length)
                continue;
            var cells = _cells;
            int index = runs[i].Index + (int)distance;
            if ((uint)index < (uint)cells.Length && cells[index].Number == number)
                return ref cells[index];
            break;
        }
        return ref Unsafe.NullRef<Cell>();
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
        _count = _reserved = _runCount = 0;
    }

    private void Reserve(EventLoop loop)
    {
        int length = Math.Max(4, _count);
        if (_cells.Length < _reserved + length)
            Array.Resize(ref _cells, _reserved + length);
        long first = loop.TakeNumbers(length);
        if (_runCount > 0 && _runs[_runCount - 1].Continues(first))
        {
            _runs[_runCount - 1].Length += length;
        }
        else
        {
            if (_runCount == _runs.Length)
                Array.Resize(ref _runs, Math.Max(1, _runCount * 2));
            _runs[_runCount++] = new NumberRun { First = first, Length = length, Index = _reserved };
        }
        _reserved += length;
    }

    /// <summary>Numbers in a row, and the index of the cell of the first.</summary>
    private struct NumberRun
    {
        public long First;
        public int Length;
        public int Index;

        public readonly bool Continues(long first) => First + Length == first;
    }
}
