namespace Tame;

/// <summary>A run of a loop on its thread, from its first step to its last: while it is open the loop is the thread's current one.</summary>
internal readonly ref struct RunScope
{
    private readonly EventLoop _loop;
    private readonly SynchronizationContext? _before;

    /// <summary>Begins a run.</summary>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    /// <exception cref="InvalidOperationException">Another thread made the loop, or a loop runs on this one.</exception>
    public RunScope(EventLoop loop)
    {
        ObjectDisposedException.ThrowIf(loop.IsEnded, loop);
        if (loop.IsGuest)
            throw Errors.GuestIsRunByHost(loop);
        if (!loop.IsOwnThread)
            throw Errors.WrongThread(loop);
        if (LoopThread.Current is { IsRunning: true })
            throw Errors.NestedLoop();
        _loop = loop;
        _before = SynchronizationContext.Current;
        LoopThread.Current = loop;
        SynchronizationContext.SetSynchronizationContext(loop.SynchronizationContext);
        loop.IsRunning = true;
        loop.Timers.BeginRun();
        loop.ReadCoarseClock();
        loop.Home.Set(loop.Thread);
        loop.Shared.NoteStack();
        LoopThread.Began(loop);
        loop.BusyTime.Begin();
        loop.SetDuty(PassDuties.Measure, LoopMetrics.MeasuresPasses);
    }

    /// <summary>Ends the run, and puts back what was current before.</summary>
    public void Dispose()
    {
        _loop.Timers.EndRun();
        _loop.IsRunning = false;
        _loop.BusyTime.End();
        _loop.Shared.ForgetStack();
        LoopThread.Finished(_loop);
        LoopThread.Current = LoopThread.Newest;
        SynchronizationContext.SetSynchronizationContext(_before);
    }
}
