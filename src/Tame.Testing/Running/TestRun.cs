using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Tame.Testing;

/// <summary>
/// One test. Its loop has its own thread, and the caller's thread guards the real time. So the test ends for its caller even if the loop's thread
/// never returns.
/// </summary>
internal sealed class TestRun(TestLoopOptions? given, Place place, Action<EventLoop> main)
{
    /// <summary>How long the loop's thread may take to answer, and to end, after the real-time budget.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    [ThreadStatic]
    private static TestRun? s_here;

    private readonly TestLoopOptions _options = given ?? new TestLoopOptions();
    private readonly TaskCompletionSource _answered = new(), _ended = new();
    private readonly EndFailures _endFailures = new();
    private EventLoop? _loop;
    private long _start;

    /// <summary>Why the test fails. The loop's thread writes it before it ends or answers.</summary>
    private Exception? _failure;

    /// <summary>The failure when the real-time budget is exceeded. The loop's thread writes it.</summary>
    private LoopAssertException? _expired;

    /// <summary>The place of the assertion that nothing is left; null if the test has no such assertion.</summary>
    private Place? _nothingLeft = given is { NothingLeft: true } ? place : null;

    /// <summary>The test that runs on this thread.</summary>
    public static TestRun Here => s_here ?? throw new InvalidOperationException(
        "This is not the thread of a test loop. Call this inside the body of TestLoop.Run or TestLoop.RunAsync, on the thread of its loop.");

    public TimeSpan Elapsed => _loop!.TimeProvider.GetElapsedTime(_start);

    private TimeSpan RealTime => Debugger.IsAttached ? Timeout.InfiniteTimeSpan : _options.RealTimeBudget;

    private TimeSpan Grace => RealTime < s_grace ? RealTime : s_grace;

    /// <summary>Runs the test, and throws its failure.</summary>
    public void Run()
    {
        RefuseNesting();
        Guard();
    }

    /// <summary>Runs the test. A new thread waits for it, because the thread pool may be busy.</summary>
    public Task RunAsync()
    {
        RefuseNesting();
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Start("test guard", () =>
        {
            try
            {
                Guard();
                over.SetResult();
            }
            catch (Exception failure)
            {
                over.SetException(failure);
            }
        });
        return over.Task;
    }

    public void ExpectNothingLeft(Place at) => _nothingLeft = at;

    /// <summary>Ends the test, because it has exceeded its virtual-time budget.</summary>
    public void ExceedVirtualTime(EventLoop loop) => loop.EndRun(Words.Failure(
        loop,
        place,
        $"The test at {place} did not end: it exceeded its virtual-time budget of {Words.Of(_options.VirtualTimeBudget)}.",
        "Find out why it takes longer, or raise TestLoopOptions.VirtualTimeBudget."));

    private static void RefuseNesting()
    {
        if (LoopThread.Current is { IsRunning: true } loop)
        {
            throw new InvalidOperationException(
                $"TestLoop cannot start a test here: the event loop '{loop.Name}' runs on this thread, and test loops do not nest. Call the tamed method directly, or start the second test from its own test method.");
        }
    }

    private void Start(string what, ThreadStart start) => new Thread(start) { IsBackground = true, Name = $"{what} of {place}" }.Start();

    private void Guard()
    {
        Start("test loop", RunLoop);
        if (!_ended.Task.Wait(RealTime))
            Expire();
        if (_failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Called after the real-time budget: asks the loop's thread which calls wait, and throws if it does not answer.</summary>
    private void Expire()
    {
        Volatile.Read(ref _loop)?.TryPost(new PostedAction(Answer));
        if (Task.WaitAny([_answered.Task, _ended.Task], Grace) < 0)
            throw Stuck();
        if (!_ended.Task.Wait(ExitTime + Grace))
            ExceptionDispatchInfo.Throw(_expired!);
    }

    /// <summary>How long calls may take to clean up.</summary>
    private TimeSpan ExitTime => (_options.Loop ?? new EventLoopOptions()).ExitTimeout is var time && time != Timeout.InfiniteTimeSpan ? time : s_grace;

    /// <summary>Says which calls wait, and ends the test. For the loop's thread.</summary>
    private void Answer()
    {
        var loop = _loop!;
        _expired = Words.Failure(
            loop,
            place,
            $"The test at {place} did not end: it exceeded its real-time budget of {Words.Of(_options.RealTimeBudget)}.{Words.Holds(loop)}",
            "Find out what it waits for, or raise TestLoopOptions.RealTimeBudget.");
        _answered.SetResult();
        loop.EndRun(_expired);
    }

    private LoopAssertException Stuck() => new(
        $"The test at {place} did not end: it exceeded its real-time budget of {Words.Of(_options.RealTimeBudget)}, and its thread does not return to the loop. The thread runs code that does not return, " +
        "or that blocks the thread, such as Thread.Sleep, a lock or Task.Wait. The thread keeps running. Attach a debugger, or look at a dump, to see where it is.",
        place,
        []);

    private void RunLoop()
    {
        s_here = this;
        try
        {
            RunToEnd();
        }
        catch (Exception failure)
        {
            _failure = failure;
        }
        s_here = null;
        _failure = _expired ?? _failure;
        _ended.SetResult();
    }

    private void RunToEnd()
    {
        var options = _options.Loop ?? new EventLoopOptions();
        using var loop = new EventLoop(options.TimeProvider is null ? options.InVirtualTime() : options);
        _start = loop.TimeProvider.GetTimestamp();
        Volatile.Write(ref _loop, loop);
        loop.UnhandledException += _endFailures.Note;
        var budget = new BudgetMark(this);
        if (_options.VirtualTimeBudget != Timeout.InfiniteTimeSpan)
            loop.TryAddMark(budget, _options.VirtualTimeBudget);
        try
        {
            main(loop);
            var ending = new TestEnd(loop, place);
            ending.LookForLosses(options.LostEvents);
            if (_nothingLeft is { } at)
                ending.CheckLeft(at);
        }
        finally
        {
            loop.RemoveMark(budget);
            _endFailures.Begin();
            loop.Dispose();
        }
        _endFailures.Throw();
        if (_nothingLeft is { } asserted)
            TestEnd.CheckPools(loop, asserted);
        if (!_options.AllowLostEvents)
            TestEnd.CheckLost(loop, place);
    }
}
