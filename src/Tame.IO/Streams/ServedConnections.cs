namespace Tame.IO;

/// <summary>The connections whose handlers have not ended.</summary>
internal sealed class ServedConnections(Action<Connection, Event> handler, ServeOptions options)
{
    private readonly HashSet<Connection> _open = [];

    public int Count => _open.Count;

    public bool IsFull => _open.Count >= options.MaxConnections;

    public TimeSpan DrainTimeout => options.DrainTimeout;

    public Action? OnDrain => options.OnDrain;

    /// <summary>The failure that ended the listener.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The connections are being closed, so failures of handlers are expected and not reported.</summary>
    public bool AreAborted { get; private set; }

    public void Start(Connection connection, Event ended)
    {
        _open.Add(connection);
        options.OnOpened?.Invoke(connection);
        try
        {
            handler(connection, ended);
        }
        catch (Exception error)
        {
            if (!ended.Fail(error))
                options.Report(connection, error);
        }
    }

    public void End(Connection connection, Exception? error)
    {
        _open.Remove(connection);
        if (error is null)
            connection.Dispose();
        else
            connection.Abort();
        options.OnClosed?.Invoke(connection);
        if (error is null)
            return;
        if (!AreAborted || error is not (ObjectDisposedException or OperationCanceledException))
            options.Report(connection, error);
    }

    public void Abort()
    {
        AreAborted = true;
        foreach (var connection in _open)
            connection.Abort();
    }

    public void Close()
    {
        AreAborted = true;
        foreach (var connection in _open)
            connection.Dispose();
    }
}
