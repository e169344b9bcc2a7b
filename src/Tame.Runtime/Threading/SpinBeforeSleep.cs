namespace Tame;

/// <summary>
/// How long a loop that has nothing to do looks for what other threads send before it sleeps. Where they feed it all the time, as threads that compute for it
/// do, a sleep and the wake-up cost both sides microseconds. A loop that lives on descriptors and timers never waits here.
/// </summary>
internal struct SpinBeforeSleep
{
    /// <summary>
    /// Looks before a sleep: together they take about as long as a sleep and a wake-up do.
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
