namespace Tame;

/// <summary>A run of a loop on its thread, from its first step to its last. While the scope is open, the loop is the thread's current loop.</summary>
internal readonly ref struct RunScope
{
    private readonly EventLoop _loop;
    private readonly SynchronizationContext? _before;

    /// <summary>Begins a run.</summary>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    /// <exception cref="InvalidOperationException">Another thread created the loop, or a loop already runs on this thread.</exception>
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

    /// <summary>Ends the run, and restores the previous loop and synchronization context.</summary>
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
