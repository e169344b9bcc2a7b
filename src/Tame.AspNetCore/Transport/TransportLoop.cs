using System.Buffers;
using Microsoft.Extensions.Logging;

namespace Tame.AspNetCore;

/// <summary>How many bytes a connection may hold before it stops reading from the peer, or before a flush waits.</summary>
internal readonly record struct BufferLimits(long Read, long Write);

/// <summary>A loop of the transport, with its thread.</summary>
internal sealed class TransportLoop
{
    private readonly Thread _thread;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EventLoop? _loop;
    private Event _stop;
    private int _connections;

    public TransportLoop(int number, MemoryPool<byte> memory, BufferLimits limits, ILogger logger)
    {
        (MemoryPool, Limits, Logger) = (memory, limits, logger);
        _thread = new Thread(Run) { Name = $"Tame transport {number}", IsBackground = true };
        _thread.Start();
        _started.Task.GetAwaiter().GetResult();
    }

    public EventLoop Loop => _loop!;

    public MemoryPool<byte> MemoryPool { get; }

    public BufferLimits Limits { get; }

    public ILogger Logger { get; }

    /// <summary>The number of open connections.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Whether the thread runs.</summary>
    public bool IsAlive => _thread.IsAlive;

    public void Count(int change) => Interlocked.Add(ref _connections, change);

    /// <summary>Ends the loop and its thread. Open connections are aborted.</summary>
    public void Stop()
    {
        _stop.Trigger();
        if (Thread.CurrentThread != _thread)
            _thread.Join();
    }

    /// <summary>An exception that escapes a handler's code on the loop ends the process, as it would on the thread pool.</summary>
    private void Run()
    {
        try
        {
            EventLoop.Run(Begin);
        }
        catch (Exception error) when (_started.TrySetException(error))
        {
            // The loop could not start. The code that started it gets the exception.
        }
    }

    private void Begin(Event stop)
    {
        _loop = EventLoop.Current;
        _stop = stop;
        _started.SetResult();
    }
}
