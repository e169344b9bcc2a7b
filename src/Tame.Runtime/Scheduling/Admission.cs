namespace Tame;

/// <summary>Whether new work is welcome on a loop: not while a resource of <see cref="EventLoopOptions.Resources"/> is scarce. On the loop's thread.</summary>
/// <remarks>Source: admission control of Capriccio and SEDA.</remarks>
public sealed class Admission
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(LoopResources.MeasuringInterval);

    private readonly EventLoop _loop;
    private readonly LoopResources _resources;
    private readonly WaitingLine<bool> _line = new();
    private readonly Alarm _alarm;

    internal Admission(EventLoop loop, LoopResources resources) => (_loop, _resources, _alarm) = (loop, resources, new Alarm(loop));

    /// <summary>No resource of the loop is scarce, and no event waits for that.</summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public bool IsOpen
    {
        get
        {
            CheckThread();
            return _line.IsEmpty && !_resources.IsAnyScarce;
        }
    }

    /// <summary>How many events wait.</summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public int Waiting
    {
        get
        {
            CheckThread();
            return _line.Count;
        }
    }

    /// <summary>
    /// Triggers the event when new work is welcome, at once if it is. Of several events the first comes first, and one a pass of the loop, so that what it admits can
    /// take its part before the next is admitted. An event that gives up leaves the line.
    /// </summary>
    /// <param name="welcome">The event.</param>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
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

    /// <summary>A pass of the loop: admits the first in line, if that may be. True when it did.</summary>
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

    /// <summary>The loop ends.</summary>
    internal void End()
    {
        _line.Clear();
        _alarm.Clear();
    }

    /// <summary>What the system counts changes without a word.</summary>
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
