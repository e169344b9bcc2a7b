using System.Net.Security;
using System.Runtime.InteropServices;
using Tame.IO;

namespace KeyValue;

/// <summary>The server: its limits, and how it stops.</summary>
public static partial class Server
{
    #region run
    /// <summary>Serves the clients of a listener until the listener is closed and the last client has left.</summary>
    public static void Run(Listener listener, Store store, TextWriter log, Event done)
    {
        var session = new Session(store);
        var options = new ServeOptions
        {
            MaxConnections = 10_000,
            DrainTimeout = TimeSpan.FromSeconds(5),
            OnFailure = (client, error) => log.WriteLine($"{client.RemoteEndPoint}: {error.Message}"),
        };
        listener.Serve(session.Serve, options, done);
    }
    #endregion

    #region tls
    /// <summary>The same over TLS. A client that does not finish the handshake in ten seconds is disconnected.</summary>
    public static void RunSecure(Listener listener, Store store, SslServerAuthenticationOptions tls, Event done)
    {
        var session = new Session(store);
        listener.Serve((connection, served) => Secure(connection, tls, session, served), null, done);
    }

    [Tamed]
    private static partial void Secure(Connection connection, SslServerAuthenticationOptions tls, Session session, Event done);

    private static void SecureBody(Connection connection, SslServerAuthenticationOptions tls, Session session, Event done)
    {
        twait(e => Tls.Accept(connection, tls, e.WithTimeout(TimeSpan.FromSeconds(10))), out Connection secure);
        using (secure)
            twait(e => session.Serve(secure, e));
        done.Trigger();
    }
    #endregion

    #region stop
    /// <summary>Closes the listener when the system asks the program to end. Serve then lets its clients finish.</summary>
    [Tamed]
    public static partial void CloseAtSignal(Listener listener, Event done);

    private static void CloseAtSignalBody(Listener listener, Event done)
    {
        using var signals = new Rendezvous();
        signal(PosixSignal.SIGINT, mkevent(signals));
        signal(PosixSignal.SIGTERM, mkevent(signals));
        twait(signals);
        listener.Dispose();
        done.Trigger();
    }
    #endregion
}
