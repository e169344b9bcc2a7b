namespace Tame;

/// <summary>
/// How long an idle loop checks for messages of other threads before it sleeps. If they send continuously, such as threads that compute for it, a sleep and the
/// wake-up cost both sides microseconds. A loop that uses only file descriptors and timers never spins.
/// </summary>
internal struct SpinBeforeSleep
{
    /// <summary>The number of checks before a sleep. Together they take about as long as a sleep and a wake-up.</summary>
    private const int Looks = 100;
    private const int Pause = 6;

    /// <summary>After repeated spins without success, one sleep in at most this many spins first.</summary>
    private const int MostSkipped = 1024;
    private static readonly bool s_isAlone = Environment.ProcessorCount == 1;
    private bool _wasFed;
    private int _failures;
    private int _skip;

    /// <summary>Spins briefly. Returns true if something arrived.</summary>
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

    /// <summary>The loop has slept. What woke it decides whether to spin the next time.</summary>
    public void Slept(Inbox inbox) => _wasFed = !inbox.IsEmpty;
}
