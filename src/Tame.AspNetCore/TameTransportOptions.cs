namespace Tame.AspNetCore;

/// <summary>How <c>UseTame</c> runs Kestrel's connections.</summary>
public sealed class TameTransportOptions
{
    /// <summary>How many event loops there are, each with its thread. Connections are dealt out to them in turn. One by default; more take more cores.</summary>
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
    /// Runs each request on the loop of its connection, and brings its awaits back there: a handler may call tamed code, and with one loop all handlers may share data without a lock. False by default:
    /// a request begins where its bytes come in, which is most often the loop too, and goes on wherever its awaits lead.
    /// </summary>
    public bool KeepHandlersOnLoop { get; set; }

    /// <summary>How many bytes a connection receives ahead while nothing reads them. One megabyte by default; null for no limit.</summary>
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

    /// <summary>How many bytes a connection holds that the peer has not taken, before a flush waits. 65,536 by default; null for no limit.</summary>
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

    /// <summary>How many connections may wait to be accepted; the system may hold it lower. 512 by default.</summary>
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

    /// <summary>Connections of TCP send small pieces at once. True by default.</summary>
    public bool NoDelay { get; set; } = true;
}
