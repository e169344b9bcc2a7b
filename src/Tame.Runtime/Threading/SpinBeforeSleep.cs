namespace Tame;

/// <summary>
/// How long a loop that has nothing to do looks for what other threads send before it sleeps. Where they feed it all the time, as threads that compute for it
/// do, a sleep and the wake-up cost both sides microseconds. A loop that lives on descriptors and timers never waits here.
/// </summary>
internal struct SpinBeforeSleep
{
    /// <summary>
    /// Looks before a sleep, some 150 ns apart: fifteen microseconds, about what a sleep and a wake-up take. A call that another thread triggers at once goes on
    /// after 0.5 microseconds and not after 5.8, and of a hundred calls each after 95 ns and not after 145. With looks 1.6 microseconds apart one call alone took 1.8.
    /// </summary>
    private const int Looks = 100;
    private const int Pause = 6;

    /// <summary>Where waiting was in vain again and again, one sleep in so many is tried.</summary>
    private const int MostSkipped = 1024;
    private static readonly bool s_isAlone = Environment.ProcessorCount == 1;
    private bool _wasFed;
    private int _failures;
    private int _skip;

    /// <summary>Waits a little. True when something came.</summary>
    public bool WaitFor(Inbox inbox)
    {
        if (!_wasFed || s_isAlone)
            return false;
        if (_skip > 0)
        {
            _skip--;
            return false;
        }
        for (int i = 0; i < Looks; i++)
        {
            Thread.SpinWait(Pause);
            if (inbox.IsEmpty)
                continue;
            _failures = 0;
            return true;
        }
        _failures = Math.Max(1, Math.Min(2 * _failures, MostSkipped));
        _skip = _failures;
        return false;
    }

    /// <summary>The loop has slept; what woke it tells whether to wait the next time.</summary>
    public void Slept(Inbox inbox) => _wasFed = !inbox.IsEmpty;
}
