namespace Tame.IO;

/// <summary>Wakes a thread that sleeps in a system call by making something readable. It writes only while the thread sleeps, and once per sleep.</summary>
internal abstract class WakeSignal : IDisposable
{
    private const int Awake = 0;
    private const int Sleeping = 1;
    private const int Signalled = 2;

    private int _state;

    /// <summary>Call it before a sleep. It returns false if a signal came first, so that the thread must not sleep.</summary>
    public bool TryFallAsleep() => Interlocked.Exchange(ref _state, Sleeping) != Signalled;

    /// <summary>Call it after a sleep. Data that was handed over before a signal is visible from here on.</summary>
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
            // The sleeper has ended, so there is nothing to wake.
        }
    }

    public abstract void Dispose();

    /// <summary>Makes the sleeper's descriptor readable.</summary>
    protected abstract void Write();
}
