using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tame;

/// <summary>What the wheel reads of one timer, in a list with the others of its slot.</summary>
internal struct TimerLink
{
    public ulong Key;
    public int Next;
    public int Previous;
}

/// <summary>
/// Holds the timers of a queue in chunks, so that links are plain numbers and an empty chunk can be given back. Links and targets lie apart: moving
/// timers down the wheel then reads 16 bytes of each, not 56.
/// </summary>
internal sealed class TimerPool<TTarget>
{
    public const int ChunkSize = 1 << ChunkBits;

    /// <summary>Empty chunks kept for the next wave: what a loop may hold after a peak.</summary>
    public const int Reserve = 16;

    private const int ChunkBits = 9;
    private const int None = -1;

    private TimerLink[]?[] _chunks = [];
    private Payload[]?[] _payloads = [];
    private ChunkState[] _states = [];
    private int _count;             // chunk numbers in use or vacant: the filled part of the arrays
    private int _open = None;       // chunks with room, doubly linked
    private int _vacant = None;     // numbers of chunks given back, linked by NextOpen
    private int _empty;             // open chunks in which nothing is used
    private long _lastId;

    /// <summary>Chunks that exist, empty ones included.</summary>
    public int Chunks { get; private set; }

    public ref TimerLink this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_chunks[index >> ChunkBits]!), index & (ChunkSize - 1));
    }

    public bool Holds(TimerNode node) =>
        node.Id != 0 && _payloads[node.Index >> ChunkBits] is { } chunk && chunk[node.Index & (ChunkSize - 1)].Id == node.Id;

    /// <summary>The target of a timer that is set, or a null reference.</summary>
    public ref readonly TTarget TargetAt(int index)
    {
        if (_payloads[index >> ChunkBits] is not { } chunk || chunk[index & (ChunkSize - 1)].Id == 0)
            return ref Unsafe.NullRef<TTarget>();
        return ref chunk[index & (ChunkSize - 1)].Target;
    }

    /// <summary>Takes a free place and gives it a number of its own.</summary>
    public TimerNode Rent(TTarget target)
    {
        if (_open == None)
            AddChunk();
        int number = _open;
        ref ChunkState state = ref _states[number];
        int index = state.Free;
        state.Free = this[index].Next;
        ref Payload payload = ref PayloadAt(index);
        payload.Id = ++_lastId;
        payload.Target = target;
        if (state.Used++ == 0)
            _empty--;
        if (state.Used == ChunkSize)
            Close(number);
        return new TimerNode(index, _lastId);
    }

    /// <summary>Clears a place; its chunk leaves where enough empty ones are kept.</summary>
    public void Return(int index)
    {
        int number = index >> ChunkBits;
        ref ChunkState state = ref _states[number];
        PayloadAt(index) = default;
        this[index].Next = state.Free;
        state.Free = index;
        if (state.Used-- == ChunkSize)
            Open(number);
        if (state.Used != 0)
            return;
        if (_empty < Reserve)
            _empty++;
        else
            GiveBack(number);
    }

    private ref Payload PayloadAt(int index) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_payloads[index >> ChunkBits]!), index & (ChunkSize - 1));

    private void AddChunk()
    {
        int number = _vacant;
        if (number != None)
            _vacant = _states[number].NextOpen;
        else
            number = Grow();

        var chunk = new TimerLink[ChunkSize];
        int first = number << ChunkBits;
        for (int i = 0; i < ChunkSize; i++)
            chunk[i].Next = first + i + 1;
        _chunks[number] = chunk;
        _payloads[number] = new Payload[ChunkSize];
        _states[number] = new ChunkState { Free = first };
        Chunks++;
        _empty++;
        Open(number);
    }

    private int Grow()
    {
        if (_count == _chunks.Length)
        {
            int size = Math.Max(4, 2 * _count);
            Array.Resize(ref _chunks, size);
            Array.Resize(ref _payloads, size);
            Array.Resize(ref _states, size);
        }
        return _count++;
    }

    private void GiveBack(int number)
    {
        Close(number);
        _chunks[number] = null;
        _payloads[number] = null;
        _states[number].NextOpen = _vacant;
        _vacant = number;
        Chunks--;
    }

    private void Open(int number)
    {
        ref ChunkState state = ref _states[number];
        state.PreviousOpen = None;
        state.NextOpen = _open;
        if (_open != None)
            _states[_open].PreviousOpen = number;
        _open = number;
    }

    private void Close(int number)
    {
        ref ChunkState state = ref _states[number];
        if (state.PreviousOpen != None)
            _states[state.PreviousOpen].NextOpen = state.NextOpen;
        else
            _open = state.NextOpen;
        if (state.NextOpen != None)
            _states[state.NextOpen].PreviousOpen = state.PreviousOpen;
    }

    private struct Payload
    {
        public long Id;
        public TTarget Target;
    }

    private struct ChunkState
    {
        public int Used;
        public int Free;
        public int NextOpen;
        public int PreviousOpen;
    }
}
