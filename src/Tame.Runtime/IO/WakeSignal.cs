namespace Tame.IO;

/// <summary>
/// Wakes a thread that sleeps in a system call, through something to read that is written only while the thread sleeps, and once a sleep.
/// </summary>
internal abstract class WakeSignal : IDisposable
{
    private const int Awake = 0;
    private const int Sleeping = 1;
    private const int Signalled = 2;

    private int _state;

    /// <summary>Called before a sleep; false where a signal came first, so that there is nothing to sleep for.</summary>
    public bool TryFallAsleep() => Interlocked.Exchange(ref _state, Sleeping) != Signalled;

    /// <summary>Called after a sleep. What was handed over before a signal is visible from here on.</summary>
    public void WakeUp() => Interlocked.Exchange(ref _state, Awake);

    public void Signal()
    {
        if (Interlocked.Exchange(ref _state, Signalled) != Sleeping)
            return;
        try
        {
            Write();
        }
        catch (ObjectDisposedException)
        {
            // The sleeper has ended; nobody is left to wake.
        }
    }

    public abstract void Dispose();

    /// <summary>Makes what the sleeper watches readable.</summary>
    protected abstract void Write();
}
