using System.Runtime.InteropServices;
using Tame.IO;

namespace Tame.Runtime.Tests.IO;

/// <summary>A table, and named events to wait with.</summary>
internal sealed class Waits : IDisposable
{
    // The timeout of a wait that should end. It is so long that only a hang reaches it.
    public const int Hang = 30_000;

    private readonly EventLoop _loop;
    private readonly bool _underLoop;
    private readonly Rendezvous<string> _events;
    private readonly Call _maker;

    public Waits(IPoller poller, bool underLoop)
    {
        Poller = poller;
        _underLoop = underLoop;
        _loop = new EventLoop(new EventLoopOptions { OpenPoller = () => poller });
        _events = new Rendezvous<string>();
        _maker = Call.Make(static _ => { });
        Table = underLoop ? _loop.Descriptors() : new DescriptorTable(poller);
    }

    public IPoller Poller { get; }

    public DescriptorTable Table { get; }

    public Exception? LastError { get; private set; }

    /// <summary>Nothing more is reported: the loop would sleep.</summary>
    public bool IsQuiet => Poller.Wait(0).IsEmpty;

    public Event Make(string name)
    {
        var e = _maker.Make(_events, name, 0);
        Event.OnCompleted(e, new StopHook());
        return e;
    }

    public Event Wait(int fd, FdEvents interest, string name)
    {
        var e = Make(name);
        Table.Wait(fd, interest, e);
        return e;
    }

    public Event Wait(SafeHandle owner, FdEvents interest, string name)
    {
        var e = Make(name);
        Table.Wait(owner, interest, e);
        return e;
    }

    /// <summary>The names of the events that have completed since the last call, in order. Failed ones have an exclamation mark.</summary>
    public string Joined()
    {
        var names = new List<string>();
        while (_events.TryJoin(out string? name, out var error))
        {
            LastError = error ?? LastError;
            names.Add(error is null ? name : name + "!");
        }
        return string.Join(' ', names);
    }

    /// <summary>The events that complete at once.</summary>
    public string Poll()
    {
        if (_underLoop)
            _loop.RunOnce();
        if (!_underLoop || !Table.HasWaiters)
            Table.Poll(0);      // as the loop does before it sleeps
        return Joined();
    }

    /// <summary>The events that complete when at least one does.</summary>
    public string PollUntilSome() => PollUntil(1);

    /// <summary>The first events to complete, up to a count, and those that complete with the last.</summary>
    public string PollUntil(int count)
    {
        long start = Environment.TickCount64;
        string joined;
        while ((joined = Joined()).Length == 0 && Environment.TickCount64 - start < Hang)
            Sleep();
        Assert.True(joined.Length != 0, $"Nothing has completed for {Hang} ms.");
        int more = count - joined.Split(' ').Length;
        return more > 0 ? $"{joined} {PollUntil(more)}" : joined;
    }

    public void Dispose()
    {
        Table.Dispose();
        _loop.Dispose();
    }

    private void Sleep()
    {
        if (_underLoop)
            _loop.Run();
        else
            Table.Poll(Hang);
    }

    /// <summary>Ends the loop's run when an event completes.</summary>
    private sealed class StopHook : Hook
    {
        internal override void Completed(EventLoop loop) => loop.Stop();
    }
}
