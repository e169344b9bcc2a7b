namespace Tame.AspNetCore;

/// <summary>Options that say how <c>UseTame</c> runs Kestrel's connections.</summary>
public sealed class TameTransportOptions
{
    /// <summary>The number of event loops, each with its thread. Connections are assigned to them in turn. One by default; more loops use more cores.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int Loops
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 1;

    /// <summary>
    /// Runs each request on the loop of its connection, and resumes its awaits there. So a handler may call tamed code, and with one loop all handlers may share data without a lock. False by default:
    /// a request begins where its bytes arrive, which is usually the loop too. It continues on the threads that its awaits choose.
    /// </summary>
    public bool KeepHandlersOnLoop { get; set; }

    /// <summary>The number of bytes that a connection receives before the application reads them. One megabyte by default; null for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public long? MaxReadBufferSize
    {
        get;
        set
        {
            if (value is { } bytes)
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes, nameof(value));
            field = value;
        }
    } = 1024 * 1024;

    /// <summary>The number of bytes that a connection holds for the peer before a flush waits. 65,536 by default; null for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public long? MaxWriteBufferSize
    {
        get;
        set
        {
            if (value is { } bytes)
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes, nameof(value));
            field = value;
        }
    } = 64 * 1024;

    /// <summary>The number of connections that may wait to be accepted; the system may use a lower limit. 512 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int Backlog
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 512;

    /// <summary>Whether TCP connections send small pieces at once. True by default.</summary>
    public bool NoDelay { get; set; } = true;
}
