using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Tame;

/// <summary>
/// Holds the part of a queue's timers that does not move: a node for each, with the target and the place of its entry in the wheel. Nodes are rented in
/// the order of their numbers, one chunk after another, so that timers that are set in succession are also neighbors in memory. Chunks are large, because
/// each access to a node reads the header of its array. Only the first chunk starts small.
/// </summary>
internal sealed class TimerPool<TTarget>
{
    public const int ChunkSize = 1 << ChunkBits;

    /// <summary>The number of chunks that a loop may keep after a peak: the chunk of the spare node, and empty ones.</summary>
    public const int Reserve = 4;

    private const int ChunkBits = 11;
    private const int FirstSize = 64;
    private const int WordBits = 6;
    private const int WordsPerChunk = ChunkSize >> WordBits;
    private const int None = -1;

    private Chunk[] _chunks = [];
    private ulong[] _free = [];     // a bit for each node
    private int _count;             // chunk numbers in use or vacant: the filled part of the array
    private int _firstOpen = None;  // chunks with free nodes, doubly linked, the longest open one first
    private int _lastOpen = None;
    private int _vacant = None;     // numbers of released chunks, linked by NextOpen
    private int _empty;             // open chunks without a used node
    private int _spare = None;      // a free node that its chunk counts as used, rented next: most timers are removed before the next one is set

    /// <summary>The number of chunks that exist, including empty ones.</summary>
    public int Chunks { get; private set; }

    /// <summary>The target of a timer, or a null reference if no timer is set at the index.</summary>
    public ref TTarget TargetAt(int index)
    {
        ref Chunk chunk = ref ChunkOf(index);
        if (index == _spare || chunk.Targets is null || (FreeAt(index) >> index & 1) != 0)
            return ref Unsafe.NullRef<TTarget>();
        return ref TargetIn(ref chunk, index);
    }

    /// <summary>The place, in the wheel or the intake, of the entry of a timer that is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int PlaceOf(int index) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(ChunkOf(index).Places!), index & (ChunkSize - 1));

    /// <summary>Makes the processor prefetch a target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(int index)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref TargetIn(ref ChunkOf(index), index)));
    }

    /// <summary>Takes the spare node, or the first free one of a chunk. Returns its target, which is empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref TTarget Rent(out int index)
    {
        index = _spare;
        if (index == None)
            index = RentFromChunk();
        _spare = None;
        return ref TargetIn(ref ChunkOf(index), index);
    }

    /// <summary>Clears a node, whose target the caller has found, and keeps it as the spare node unless the spare node has a lower number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(int index, ref TTarget target)
    {
        target = default!;
        if (_spare == None)
        {
            _spare = index;
            return;
        }
        ReturnOneOf(index);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int RentFromChunk()
    {
        if (_firstOpen == None)
            AddRoom();
        int number = _firstOpen;
        ref Chunk chunk = ref ChunkOf(number << ChunkBits);
        int word = BitOperations.TrailingZeroCount(chunk.OpenWords);
        int index = number << ChunkBits | word << WordBits;
        ref ulong free = ref FreeAt(index);
        index |= BitOperations.TrailingZeroCount(free);
        if (chunk.Used++ == 0)
            _empty--;
        if ((free &= free - 1) == 0)
        {
            chunk.OpenWords &= chunk.OpenWords - 1;
            if (chunk.OpenWords == 0)
                Close(number);
        }
        return index;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReturnOneOf(int index)
    {
        ReturnToChunk(Math.Max(index, _spare));
        _spare = Math.Min(index, _spare);
    }

    /// <summary>Frees a node. Releases its chunk if it is empty and enough empty chunks are kept.</summary>
    private void ReturnToChunk(int index)
    {
        int number = index >> ChunkBits;
        ref Chunk chunk = ref ChunkOf(index);
        if (chunk.OpenWords == 0)
            Open(number);
        FreeAt(index) |= 1UL << index;
        chunk.OpenWords |= 1u << (index >> WordBits);
        if (--chunk.Used != 0)
            return;
        if (_empty < Reserve - 1)
            _empty++;
        else
            GiveBack(number);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref ulong FreeAt(int index) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_free), index >> WordBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Chunk ChunkOf(int index) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_chunks), index >> ChunkBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref TTarget TargetIn(ref Chunk chunk, int index) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(chunk.Targets!), index & (ChunkSize - 1));

    private void AddRoom()
    {
        if (_count != 0 && _chunks[0].Places is { Length: < ChunkSize })
            GrowFirst();
        else
            AddChunk();
    }

    private void GrowFirst()
    {
        ref Chunk chunk = ref _chunks[0];
        int size = chunk.Places!.Length;
        Array.Resize(ref chunk.Places, 2 * size);
        Array.Resize(ref chunk.Targets, 2 * size);
        Free(0, size, size);
        Open(0);
    }

    private void AddChunk()
    {
        int number = _vacant;
        if (number != None)
            _vacant = _chunks[number].NextOpen;
        else
            number = Grow();
        int size = number == 0 ? FirstSize : ChunkSize;
        _chunks[number] = new Chunk { Targets = new TTarget[size], Places = new int[size] };
        Free(number, 0, size);
        Chunks++;
        _empty++;
        Open(number);
    }

    private void Free(int number, int start, int count)
    {
        for (int i = start >> WordBits; i < start + count >> WordBits; i++)
        {
            _free[number * WordsPerChunk + i] = ulong.MaxValue;
            _chunks[number].OpenWords |= 1u << i;
        }
    }

    private int Grow()
    {
        if (_count == _chunks.Length)
        {
            int size = Math.Max(4, 2 * _count);
            Array.Resize(ref _chunks, size);
            Array.Resize(ref _free, size * WordsPerChunk);
        }
        return _count++;
    }

    private void GiveBack(int number)
    {
        Close(number);
        _chunks[number] = new Chunk { NextOpen = _vacant };
        _vacant = number;
        Chunks--;
    }

    private void Open(int number)
    {
        ref Chunk chunk = ref _chunks[number];
        chunk.NextOpen = None;
        chunk.PreviousOpen = _lastOpen;
        if (_lastOpen != None)
            _chunks[_lastOpen].NextOpen = number;
        else
            _firstOpen = number;
        _lastOpen = number;
    }

    private void Close(int number)
    {
        ref Chunk chunk = ref _chunks[number];
        if (chunk.PreviousOpen != None)
            _chunks[chunk.PreviousOpen].NextOpen = chunk.NextOpen;
        else
            _firstOpen = chunk.NextOpen;
        if (chunk.NextOpen != None)
            _chunks[chunk.NextOpen].PreviousOpen = chunk.PreviousOpen;
        else
            _lastOpen = chunk.PreviousOpen;
    }

    /// <summary>
    /// Places have a separate array. A timer that moves down the wheel then writes only 4 bytes here, so that the places of a million timers stay in
    /// the cache.
    /// </summary>
    private struct Chunk
    {
        public TTarget[]? Targets;
        public int[]? Places;
        public int NextOpen;
        public int PreviousOpen;
        public short Used;

        /// <summary>A bit for each word of the bitmap that has a bit set.</summary>
        public uint OpenWords;
    }
}
