using System.Diagnostics;

namespace Tame.Benchmarks.Ours;

/// <summary>A guest whose turns the benchmark makes on its own thread.</summary>
internal sealed partial class GuestTurn
{
    private readonly ByHand _host;
    private readonly EventLoop _loop;
    private Event _next;
    private long _count;

    public GuestTurn()
    {
        _host = new ByHand();
        _loop = EventLoop.CreateGuest(_host, new EventLoopOptions { LostEvents = LostEventDetection.Off });
        _loop.Post(() => Serve());
        _loop.RunTurn();
    }

    /// <summary>A trigger from outside, and the turn that it asks for: enter, resume, wait again, leave.</summary>
    public void Run(int operations)
    {
        _count = 0;
        for (var i = 0; i < operations; i++)
        {
            _next.Trigger();
            _loop.RunTurn();
        }

        if (_count != operations) throw new InvalidOperationException($"{_count} of {operations} turns resumed the call.");
    }

    /// <summary>InvokeAsync where turns run: the call starts, and ends, on the spot.</summary>
    public void RunInvoke(int operations, Action<Event<int>> call)
    {
        _host.IsInlined = true;
        long sum = 0;
        for (var i = 0; i < operations; i++)
        {
            var task = _loop.InvokeAsync(call);
            while (!task.IsCompleted) _loop.RunTurn();      // a turn that took long asks for another
            sum += task.Result;
        }

        if (sum != operations) throw new InvalidOperationException($"The sum is {sum}.");
    }

    /// <summary>The same with a state, and a value task.</summary>
    public void RunInvokeValue(int operations)
    {
        _host.IsInlined = true;
        long sum = 0;
        for (var i = 0; i < operations; i++)
        {
            var task = _loop.InvokeValueAsync<int, int>(static (one, result) => result.Trigger(one), 1);
            while (!task.IsCompleted) _loop.RunTurn();
            sum += task.Result;
        }

        if (sum != operations) throw new InvalidOperationException($"The sum is {sum}.");
    }

    public static void One(Event<int> result) => result.Trigger(1);

    [Tamed]
    public static partial void OneWait(Event<int> result);

    private static void OneWaitBody(Event<int> result)
    {
        twait(e => asap(e));
        result.Trigger(1);
    }

    /// <summary>Waits for asap within one turn after another.</summary>
    public void RunAsap(int operations)
    {
        var all = _loop.InvokeAsync(done => Asap(operations, done));
        while (!all.IsCompleted) _loop.RunTurn();
    }

    [Tamed]
    private static partial void Asap(int operations, Event done);

    private static void AsapBody(int operations, Event done)
    {
        for (var i = 0; i < operations; i++)
            twait(e => asap(e));
        done.Trigger();
    }

    [Tamed]
    private partial void Serve();

    private void ServeBody()
    {
        while (true)
        {
            using (twait()) _next = mkevent();
            _count++;
        }
    }

    private sealed class ByHand : EventLoopHost
    {
        public bool IsInlined { get; set; }

        protected override bool IsHere => IsInlined;

        protected override void Schedule(EventLoop loop)
        {
        }
    }
}

/// <summary>Strands of the thread pool in a ring: who has the token gives it to the next.</summary>
internal sealed partial class GuestRing
{
    private readonly Event<int>[] _next;
    private readonly EventLoop[] _loops;
    private TaskCompletionSource? _done;
    private int _start;

    public GuestRing(int strands)
    {
        _next = new Event<int>[strands];
        _loops = new EventLoop[strands];
        for (var i = 0; i < strands; i++)
        {
            var place = i;
            _loops[i] = EventLoop.CreateGuest(EventLoopHost.ThreadPool, new EventLoopOptions { LostEvents = LostEventDetection.Off });
            _loops[i].InvokeAsync(ready =>
            {
                Serve(place);
                ready.Trigger();
            }).Wait();
        }
    }

    public void Run(int operations)
    {
        _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_next[_start].Trigger(operations)) throw new InvalidOperationException("The strand does not wait.");
        _done.Task.Wait();
        _start = (_start + operations + 1) % _next.Length;      // the last one may not wait again yet
    }

    [Tamed]
    private partial void Serve(int place);

    private void ServeBody(int place)
    {
        while (true)
        {
            twait(e => { _next[place] = e; }, out int left);
            if (left == 0) _done!.SetResult();
            else _next[(place + 1) % _next.Length].Trigger(left - 1);
        }
    }
}

/// <summary>What a guest keeps.</summary>
internal static partial class GuestMemory
{
    /// <summary>The events of blocked calls, which would be lost without it.</summary>
    private static Event[]? s_held;

    /// <summary>Bytes of one that has done nothing.</summary>
    public static double Bare(int count) => Measure(count, static _ => { });

    /// <summary>Bytes of one in which a call has waited and is over.</summary>
    public static double Used(int count) => Measure(count, static loop => loop.InvokeAsync(Yield).Wait());

    /// <summary>Bytes of one with a call that waits.</summary>
    public static double Blocked(int count)
    {
        var held = new Event[count + 1];     // one more guest comes first, for what is made once
        var i = 0;
        return Measure(count, loop => loop.InvokeAsync(ready =>
        {
            var place = i++;
            Hold(held, place);
            ready.Trigger();
        }).Wait(), held);
    }

    /// <summary>Milliseconds to make so many guests with a blocked call each.</summary>
    public static double Make(int count)
    {
        var watch = Stopwatch.StartNew();
        var loops = Block(count);
        var taken = watch.Elapsed.TotalMilliseconds;
        GC.KeepAlive(loops);
        return taken;
    }

    /// <summary>Milliseconds of processor time that so many guests with a blocked call each take in three seconds.</summary>
    public static double Idle(int count)
    {
        var loops = Block(count);
        Thread.Sleep(12_000);       // the looks for lost events are over
        var before = Environment.CpuUsage.TotalTime;
        Thread.Sleep(3_000);
        var taken = Environment.CpuUsage.TotalTime - before;
        GC.KeepAlive(loops);
        return taken.TotalMilliseconds;
    }

    /// <summary>Milliseconds to end so many guests with a blocked call each.</summary>
    public static double End(int count)
    {
        var loops = Block(count);
        var watch = Stopwatch.StartNew();
        Task.WaitAll(loops.Select(loop => loop.StopAsync()).ToArray());
        return watch.Elapsed.TotalMilliseconds;
    }

    private static EventLoop[] Block(int count)
    {
        var loops = new EventLoop[count];
        var held = s_held = new Event[count];
        for (var i = 0; i < count; i++)
        {
            loops[i] = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
            var place = i;
            loops[i].Post(() => Hold(held, place));
        }

        foreach (var loop in loops) loop.InvokeAsync(e => e.Trigger()).Wait();
        return loops;
    }

    private static double Measure(int count, Action<EventLoop> use, object? kept = null)
    {
        use(EventLoop.CreateGuest(EventLoopHost.ThreadPool));
        var loops = new EventLoop[count];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < count; i++) use(loops[i] = EventLoop.CreateGuest(EventLoopHost.ThreadPool));
        var bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        GC.KeepAlive(loops);
        GC.KeepAlive(kept);
        return bytes;
    }

    [Tamed]
    private static partial void Yield(Event done);

    private static void YieldBody(Event done)
    {
        twait(e => asap(e));
        done.Trigger();
    }

    [Tamed]
    private static partial void Hold(Event[] held, int place);

    private static void HoldBody(Event[] held, int place)
    {
        using (twait()) held[place] = mkevent();
    }
}
