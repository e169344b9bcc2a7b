using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Tame.AspNetCore;

/// <summary>The loops of a transport. They run while an endpoint is bound. Connections are assigned to them in turn.</summary>
internal sealed class LoopGroup(TameTransportOptions options, IMemoryPoolFactory<byte> memory, ILogger logger)
{
    private readonly Lock _gate = new();
    private TransportLoop[] _loops = [];
    private MemoryPool<byte>? _pool;
    private int _users;
    private uint _next;

    public TransportLoop Next => _loops[Interlocked.Increment(ref _next) % (uint)_loops.Length];

    /// <summary>The loop on which listeners wait.</summary>
    public TransportLoop First => _loops[0];

    /// <summary>The number of open connections.</summary>
    public int Connections => _loops.Sum(loop => loop.Connections);

    /// <summary>The number of running threads.</summary>
    public int Threads => _loops.Count(loop => loop.IsAlive);

    /// <summary>Starts the loops, unless they are running.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            if (_users++ != 0)
                return;
            _pool = memory.Create();
            var limits = new BufferLimits(options.MaxReadBufferSize ?? long.MaxValue, options.MaxWriteBufferSize ?? long.MaxValue);
            _loops = [.. Enumerable.Range(0, options.Loops).Select(number => new TransportLoop(number, _pool, limits, logger))];
        }
    }

    /// <summary>Stops the loops, unless another endpoint is bound.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_users != 0)
                return;
            foreach (var loop in _loops)
                loop.Stop();
            _pool!.Dispose();
        }
    }
}
