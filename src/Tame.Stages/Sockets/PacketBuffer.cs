namespace Tame.Stages;

/// <summary>Bytes that are reused. A holder whose version is over has already returned them.</summary>
internal sealed class PacketBuffer(PacketPool pool, int size)
{
    private int _version;

    public byte[] Bytes { get; } = GC.AllocateUninitializedArray<byte>(size);

    public int Version => Volatile.Read(ref _version);

    /// <summary>Returns the bytes, once for each version. Any thread.</summary>
    public void Return(int version)
    {
        if (Interlocked.CompareExchange(ref _version, version + 1, version) == version)
            pool.Return(this);
    }
}

/// <summary>The buffers of a stage that are not in use. Any thread.</summary>
internal sealed class PacketPool(int size)
{
    private const int KeptBytes = 4 << 20;
    private readonly int _kept = Math.Max(16, KeptBytes / size);
    private readonly Lock _gate = new();
    private readonly Stack<PacketBuffer> _free = new();

    public int Size => size;

    public PacketBuffer Rent()
    {
        lock (_gate)
        {
            if (_free.TryPop(out var free))
                return free;
        }
        return new PacketBuffer(this, size);
    }

    public void Return(PacketBuffer buffer)
    {
        lock (_gate)
        {
            if (_free.Count < _kept)
                _free.Push(buffer);
        }
    }
}
