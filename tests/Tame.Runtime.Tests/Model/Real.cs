using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Model;

/// <summary>Applies the steps to the runtime.</summary>
internal sealed partial class Real : Subject, IDisposable
{
    private readonly EventLoop _loop = new(new EventLoopOptions { VirtualTime = true, OnExit = ExitBehavior.Abandon });
    private readonly bool _settles;
    private readonly Call _maker = Call.Make(_ => { });
    private readonly List<Event<int>> _events = [];
    private readonly List<Rendezvous<int>> _rendezvous = [new(), new()];
    private int _calls;

    public Real(bool settles = false)
    {
        _settles = settles;
        _loop.UnhandledException += (_, unhandled) =>
        {
            Log.Add($"unhandled: {Name(unhandled.Exception)}");
            unhandled.Handled = true;
        };
    }

    protected override int Events => _events.Count;

    protected override int Rendezvous => _rendezvous.Count;

    public void Dispose() => _loop.Dispose();

    protected override IEnumerable<Exception> OthersOf(Exception error) => error.OtherFailures();

    public override void Observe(List<int> state)
    {
        foreach (var e in _events)
            state.Add(e.IsPending ? 1 : 0);
        foreach (var r in _rendezvous)
            state.AddRange([r.Waiting, r.Ready, r.IsCancelled ? 1 : 0]);
        state.AddRange(Values);
        state.Add(_loop.Blocked.Count);
    }

    /// <summary>Drops the handles of complete events.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void LetStaleHandlesGo()
    {
        for (int i = 0; i < _events.Count; i++)
        {
            if (!_events[i].IsPending)
                _events[i] = default;
        }
    }

    /// <summary>Makes the collector find losses.</summary>
    public void Collect()
    {
        Collector.Run();
        ReadInbox();
        Collector.Run();
        Pass();
    }

    /// <summary>Reads the messages of finalizers, and runs nothing: ready work comes after the loss.</summary>
    private void ReadInbox()
    {
        var messages = _loop.Inbox.TakeAll();
        while (messages.TryTake(out var message))
            message.Arrive(_loop);
    }

    protected override string Make(int rendezvous, int id, int slot)
    {
        try
        {
            _events.Add(_maker.Make(_rendezvous[rendezvous], id, Slot.At(Values, ref Values[slot]), 1));
            return "made";
        }
        catch (ObjectDisposedException error)
        {
            return Name(error);
        }
    }

    protected override bool Trigger(int e, int value) => Find(e).Trigger(value);

    protected override bool Unblock(int e) => Find(e).Unblock();

    protected override bool Fail(int e, Exception error) => Find(e).Fail(error);

    protected override string AtTrigger(int e, int other)
    {
        Find(e).AtTrigger(Find(other).Unblocker);
        return "";
    }

    protected override string Cancel(int rendezvous)
    {
        _rendezvous[rendezvous].Cancel();
        return "";
    }

    protected override string NewRendezvous()
    {
        _rendezvous.Add(new Rendezvous<int>());
        return "";
    }

    protected override string TryJoin(int rendezvous, bool throws)
    {
        try
        {
            Exception? error = null;
            int id;
            bool any = throws ? _rendezvous[rendezvous].TryJoin(out id) : _rendezvous[rendezvous].TryJoin(out id, out error);
            return any ? $"{id} with {Name(error)}" : "nothing is ready";
        }
        catch (Exception error)
        {
            return $"throws {Name(error)}";
        }
    }

    protected override string Join(int rendezvous, int done, JoinForm form, int times) =>
        Start(Find(done).Unblocker, default, new JoinCall(this, _calls++, _rendezvous[rendezvous], form, times).Body);

    protected override string Blocks(BlockShape shape, int done, int result) =>
        Start(Find(done).Unblocker, Find(result), new BlocksCall(this, _calls++, shape).Body);

    protected override string Timer(int e, int milliseconds, bool fails)
    {
        var delay = TimeSpan.FromMilliseconds(milliseconds);
        if (fails)
            Find(e).WithTimeout(delay);
        else
            Primitives.timer(delay, Find(e).Unblocker);
        return "";
    }

    protected override string Asap(int e)
    {
        Primitives.asap(Find(e).Unblocker);
        return "";
    }

    protected override bool Pass()
    {
        bool ran = _loop.RunOnce();
        while (_settles && _loop.RunOnce())
            ;
        return ran && !_settles;
    }

    protected override string Drop(int e)
    {
        if (Find(e).IsPending)
            _events[e] = default;
        return "";
    }

    private string Start(Event done, Event<int> result, Action<Call> body)
    {
        try
        {
            Call.Start(body, done, result);
            return "started";
        }
        catch (Exception error)
        {
            return $"throws {Name(error)}";
        }
    }

    private Event<int> Find(int e) => e >= 0 ? _events[e] : default;
}
