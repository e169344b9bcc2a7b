using Tame.IO;

namespace EchoNamespace;

/// <summary>Sends back to each client what it sends. One event loop, and so one thread, serves all clients.</summary>
public static partial class EchoServer
{
    /// <summary>How long a client may send nothing, or take nothing. A machine that loses its power does not say goodbye.</summary>
    public static TimeSpan IdleLimit { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Serves clients until the listener is closed and the last of them has gone.</summary>
    public static void Run(Listener listener, TextWriter log, Event done)
    {
        var options = new ServeOptions
        {
            // More clients wait until one of these has gone.
            MaxConnections = 10_000,

            // When the listener is closed, clients have this long to finish. Then their connections are aborted.
            DrainTimeout = TimeSpan.FromSeconds(5),

            // A client for which Echo fails is disconnected. The others do not notice.
            OnFailure = (_, error) => log.WriteLine($"a client is lost: {error.Message}"),
        };

        // Serve calls Echo for each client, without waiting for the calls before.
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
            // This starts to receive, and waits until the event `e` has triggered. The event brings a value: the number of bytes that came, or 0 when the
            // client will send no more. WithTimeout fails the event with a TimeoutException, which the wait then throws.
            twait(e => client.Receive(buffer, e.WithTimeout(IdleLimit)), out count);
            twait(e => client.Send(buffer.AsMemory(0, count), e.WithTimeout(IdleLimit)));
        }
        while (count > 0);

        // To trigger the caller's event is how a tamed method returns. Serve closes the connection then.
        done.Trigger();
    }
}
