namespace Tame;

/// <summary>
/// Decides whether a loop accepts new work: not while a resource of <see cref="EventLoopOptions.Resources"/> is scarce. Use it on the loop's thread.
/// </summary>
/// <remarks>Source: admission control of Capriccio and SEDA.</remarks>
public sealed class Admission
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(LoopResources.MeasuringInterval);

    private readonly EventLoop _loop;
    private readonly LoopResources _resources;
    private readonly WaitingLine<bool> _line = new();
    private readonly Alarm _alarm;

    internal Admission(EventLoop loop, LoopResources resources) => (_loop, _resources, _alarm) = (loop, resources, new Alarm(loop));

    /// <summary>True if no resource of the loop is scarce and no event waits for admission.</summary>
    /// <exception cref="InvalidOperationException">This thread is not the loop's.</exception>
    public bool IsOpen
    {
        get
        {
            CheckThread();
            return _line.IsEmpty && !_resources.IsAnyScarce;
        }
    }

    /// <summary>The number of waiting events.</summary>
    /// <exception cref="InvalidOperationException">This thread is not the loop's.</exception>
    public int Waiting
    {
        get
        {
            CheckThread();
            return _line.Count;
        }
    }

    /// <summary>
    /// Triggers the event when the loop accepts new work, at once if it already does. Events are admitted in order of arrival, one per pass of the loop, so
    /// that admitted work can take its resources before the next is admitted. An event that something else completes leaves the line.
    /// </summary>
    /// <param name="welcome">The event.</param>
    /// <exception cref="InvalidOperationException">This thread is not the loop's.</exception>
    public void Wait(Event welcome)
    {
        if (IsOpen)
        {
            welcome.Trigger();
            return;
        }
        if (!welcome.IsPending)
            return;
        _line.Add(welcome, item: true);
        _loop.SetDuty(PassDuties.Admit, isSet: true);
        WatchMeasured();
    }

    /// <summary>Called at each pass of the loop. Admits the first in line, if allowed. Returns true if it did.</summary>
    internal bool AdmitOne()
    {
        if (_line.IsEmpty)
        {
            _loop.SetDuty(PassDuties.Admit, isSet: false);
            return false;
        }
        if (_resources.IsAnyScarce)
        {
            WatchMeasured();
            return false;
        }
        _line.Take(out _).Trigger();
        return true;
    }

    /// <summary>Called at the end of the loop.</summary>
    internal void End()
    {
        _line.Clear();
        _alarm.Clear();
    }

    /// <summary>Watches the resources that the system counts, because their changes are not reported.</summary>
    private void WatchMeasured()
    {
        if (_resources.Measures)
            _alarm.Set(s_interval);
    }

    private void CheckThread()
    {
        if (!LoopThread.HasEntered(_loop))
            throw Errors.WrongThread(_loop);
    }
}
