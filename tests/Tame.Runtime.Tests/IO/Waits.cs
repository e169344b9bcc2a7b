using System.Runtime.InteropServices;
using Tame.IO;

namespace Tame.Runtime.Tests.IO;

/// <summary>A table, and named events to wait with.</summary>
internal sealed class Waits : IDisposable
{
    // The time of a wait that should end: so long that only a hang reaches it.
    public const int Hang = 30_000;

    private readonly EventLoop _loop = new();
    private readonly Rendezvous<string> _events = new();
    private readonly Call _maker = Call.Make(static _ => { });

    public Waits(IPoller poller)
    {
        Poller = poller;
        Table = new DescriptorTable(poller);
    }

    public IPoller Poller { get; }

    public DescriptorTable Table { get; }

    public Exception? LastError { get; private set; }

    /// <summary>Nothing is reported any more: the loop would sleep.</summary>
    public bool IsQuiet => Poller.Wait(0).IsEmpty;

    public Event Make(string name) => _maker.Make(_events, name, 0);

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

    /// <summary>The names of the events that have completed since the last call, in order; those that failed with an exclamation mark.</summary>
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

    /// <summary>What completes at once.</summary>
    public string Poll()
    {
        Table.Poll(0);
        return Joined();
    }

    /// <summary>What completes when something does.</summary>
    public string PollUntilSome()
    {
        long start = Environment.TickCount64;
        string joined;
        while ((joined = Joined()).Length == 0 && Environment.TickCount64 - start < Hang)
            Table.Poll(Hang);
        return joined;
    }

    public void Dispose()
    {
        Table.Dispose();
        _loop.Dispose();
    }
}
