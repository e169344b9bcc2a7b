using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// The intake: timers that are set but have no deadline yet, in the order of setting. A timer that is removed from the intake has cost neither a reading of
/// the clock nor a place in the wheel. The key of an entry here is the delay.
/// </summary>
internal partial class TimerQueue<TTarget>
{
    /// <summary>If there are several chunks, the last one has a timer. A single chunk stays here when it becomes empty, for the next timer.</summary>
    private Slot _intake;

    /// <summary>Whether timers are set that have no deadline yet.</summary>
    public bool HasUndated
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _intake.Tail != TimerChunks.None && _chunks[_intake.Tail].Live != 0;
    }

    /// <summary>Sets a timer that gets its deadline from the next call of <see cref="Date"/>. Returns its target, which the caller writes.</summary>
    public ref TTarget AddUndated(long delayTicks, out int index)
    {
        ref TTarget target = ref _pool.Rent(out index);
        int number = _intake.Tail;
        if (_chunks[number].IsFull)
            number = ExtendIntake();
        ref TimerChunk chunk = ref _chunks[number];
        _pool.PlaceOf(index) = number << TimerChunks.Bits | chunk.End;
        chunk.Add((ulong)delayTicks, index);
        Count++;
        return ref target;
    }

    /// <summary>Gives the timers of the intake their deadlines, in the order of setting.</summary>
    /// <param name="nowTicks">The current time, rounded up. It must be read after the timers were set.</param>
    /// <returns>The earliest deadline, or <see cref="long.MaxValue"/> if the intake was empty.</returns>
    public long Date(long nowTicks)
    {
        int number = _intake.Head;
        _intake = default;
        long earliest = long.MaxValue;
        while (number != TimerChunks.None)
        {
            TimerChunk from = _chunks[number];
            for (int i = from.First; i < from.End; i++)
            {
                TimerEntry entry = from[i];
                if (!entry.IsSet)
                    continue;
                long due = LoopClock.Later(nowTicks, (long)entry.Key);
                Place(due, entry.Node);
                earliest = Math.Min(earliest, due);
            }
            _chunks.Return(number, ref _chunks[number]);
            number = from.Next;
        }
        return earliest;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ExtendIntake()
    {
        int last = _intake.Tail, number = _chunks.Rent(last);
        if (last == TimerChunks.None)
            _intake.Head = number;
        else
            _chunks[last].Next = number;
        _intake.Tail = number;
        _chunks[number].IsUndated = true;
        return number;
    }

    /// <summary>Removes an entry. Entries of the intake never move, so its place gives its index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RemoveUndated(int number, ref TimerChunk chunk, int index)
    {
        if (chunk.Live == 1 && chunk.IsAlone)
            chunk.First = chunk.End = chunk.Live = 0;
        else
            RemoveFromIntake(number, ref chunk, index);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RemoveFromIntake(int number, ref TimerChunk chunk, int index)
    {
        if (chunk.TryRemove(index))
            return;
        RemoveChunk(ref _intake, in chunk);
        _chunks.Return(number, ref chunk);
    }
}
