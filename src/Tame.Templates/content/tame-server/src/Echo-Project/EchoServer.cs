using Tame.IO;

namespace EchoNamespace;

/// <summary>Sends the bytes of each client back to it. One event loop serves all clients, on one thread.</summary>
public static partial class EchoServer
{
    /// <summary>How long a client may send nothing, or take nothing. A client that loses its power never closes its connection.</summary>
    public static TimeSpan IdleLimit { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Serves clients until the listener is closed and the last client has left.</summary>
    public static void Run(Listener listener, TextWriter log, Event done)
    {
        var options = new ServeOptions
        {
            // Further clients wait until one of these has left.
            MaxConnections = 10_000,

            // When the listener is closed, clients have this long to finish. Then their connections are aborted.
            DrainTimeout = TimeSpan.FromSeconds(5),

            // If Echo fails for a client, that client is disconnected. The others are not affected.
            OnFailure = (_, error) => log.WriteLine($"a client is lost: {error.Message}"),
        };

        // Serve calls Echo for each client, without waiting for the earlier calls.
        listener.Serve(Echo, options, done);
    }

    // A tamed method is a pair. This is the declaration; the generator writes its implementation.
    [Tamed]
    private static partial void Echo(Connection client, Event done);

    // This is the body, found by its name. It may wait, and while it waits the thread serves other clients.
    private static void EchoBody(Connection client, Event done)
    {
        var buffer = new byte[4096];
        int count;
        do
        {
            // This starts to receive, and waits until the event `e` has triggered. The event has a value: the number of bytes that arrived, or 0 at the
            // end of the client's data. WithTimeout fails the event with a TimeoutException, which the wait then throws.
            twait(e => client.Receive(buffer, e.WithTimeout(IdleLimit)), out count);
            twait(e => client.Send(buffer.AsMemory(0, count), e.WithTimeout(IdleLimit)));
        }
        while (count > 0);

        // A tamed method returns by triggering the caller's event. Serve then closes the connection.
        done.Trigger();
    }
}
