namespace Tame.Stages;

/// <summary>The threads of a stage. The stage's lock guards everything except the counts.</summary>
internal sealed class ThreadCrew<T>(Stage<T> stage, EventLoop? home)
{
    private readonly List<ThreadRunner<T>> _idle = [];
    private volatile int _count;
    private volatile int _wanted;
    private int _made;
    private bool _isHeld;

    /// <summary>The number of threads.</summary>
    public int Count => _count;

    /// <summary>The number of idle threads.</summary>
    public int IdleCount => _idle.Count;

    /// <summary>A thread that has ended a call is surplus.</summary>
    public bool HasTooMany => _count > _wanted;

    /// <summary>How long the longest idle thread has been idle, in nanoseconds.</summary>
    public long LongestIdle(long now) => _idle.Count == 0 ? 0 : now - _idle[0].IdleSince;

    /// <summary>Takes an idle thread for a queued entry; null if all threads are busy, or none has to wake.</summary>
    public ThreadRunner<T>? TakeIdle()
    {
        if (_idle.Count == 0)
            return null;
        var runner = _idle[^1];
        _idle.RemoveAt(_idle.Count - 1);
        Begin();
        return runner;
    }

    /// <summary>Starts threads, or ends some: first those that are idle longest, then those that end a call.</summary>
    public void SetCount(int wanted)
    {
        var woken = new List<ThreadRunner<T>>();
        int first;
        var started = new List<ThreadRunner<T>>();
        lock (stage.Gate)
        {
            if (stage.HasEnded)
                return;
            _wanted = wanted;
            first = _made;
            while (_count < wanted)
                started.Add(Add());
            for (int extra = _count - wanted; extra > 0 && _idle.Count != 0; extra--)
            {
                woken.Add(_idle[0]);
                _idle.RemoveAt(0);
                Begin();
            }
        }
        foreach (var runner in started)
            runner.Start(++first);
        foreach (var runner in woken)
            runner.Wake();
    }

    /// <summary>Ends all idle threads, because the stage has ended. Inside the lock.</summary>
    public void EndAll()
    {
        _wanted = 0;
        foreach (var runner in _idle)
        {
            Begin();
            runner.Wake();
        }
        _idle.Clear();
    }

    /// <summary>A thread has found no work, and waits. False if it should end.</summary>
    public bool WaitForWork(ThreadRunner<T> runner)
    {
        bool ends;
        ThreadRunner<T>? other = null;
        lock (stage.Gate)
        {
            ends = HasTooMany;
            if (!ends && stage.HasQueued)
                return true;
            if (ends)
            {
                _count--;
                if (stage.Remove(runner))
                    other = TakeIdle();
            }
            else
            {
                runner.IdleSince = stage.Clock.Now;
                _idle.Add(runner);
            }
            if (_idle.Count == _count)
                LetTimePass();
        }
        stage.EndSlot();
        other?.Wake();
        if (ends)
            return false;
        runner.Sleep();
        return true;
    }

    private ThreadRunner<T> Add()
    {
        var runner = new ThreadRunner<T>(stage, this);
        stage.Add(runner);
        _made++;
        _count++;
        Begin();
        return runner;
    }

    private void Begin()
    {
        stage.BeginThread();
        if (home is not { IsVirtual: true, IsEnded: false } || _isHeld)
            return;
        _isHeld = true;
        home.AddOutsideWork(isRunning: true);
    }

    /// <summary>Virtual time stands still while a thread is busy.</summary>
    private void LetTimePass()
    {
        if (!_isHeld)
            return;
        _isHeld = false;
        home!.RemoveOutsideWork(isRunning: true);
    }
}
