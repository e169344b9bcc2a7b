using System.Net.Security;

namespace Tame.IO;

/// <summary>TLS over any connection: a connection that encrypts what it sends over another.</summary>
/// <remarks>
/// <para><see cref="Connection.CloseSend"/> sends the close_notify of TLS, and the peer may go on sending. A stream that ends without close_notify may have been cut off by an attacker: the receive fails with an
/// <see cref="EndOfStreamException"/>. <see cref="Connection.Abort"/> resets the connection below.</para>
/// <para>Closing sends what is left and close_notify before it closes the connection below. A peer that does not read has 30 seconds for it. What is sent is encrypted and handed on behind the caller: a
/// failure shows at a later send.</para>
/// </remarks>
public static partial class Tls
{
    /// <summary>Begins TLS as the client.</summary>
    /// <param name="connection">The connection below. The TLS connection owns it: it is aborted where the handshake fails, or the event completes otherwise.</param>
    /// <param name="options">The name of the server, and what else TLS needs.</param>
    /// <param name="connected">
    /// Gets the TLS connection. It fails with an <see cref="System.Security.Authentication.AuthenticationException"/> where the two sides do not agree or a certificate is not accepted.
    /// </param>
    /// <exception cref="ArgumentNullException">The connection or the options are null.</exception>
    /// <remarks>For the loop's thread. A handshake has no time limit of its own: use <c>WithTimeout</c>.</remarks>
    public static void Connect(Connection connection, SslClientAuthenticationOptions options, Event<Connection> connected)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(options);
        Begin(connection, (stream, token) => stream.AuthenticateAsClientAsync(options, token), connected);
    }

    /// <summary>Begins TLS as the server.</summary>
    /// <param name="connection"><inheritdoc cref="Connect" path="/param[@name='connection']"/></param>
    /// <param name="options">The certificate, and what else TLS needs.</param>
    /// <param name="accepted"><inheritdoc cref="Connect" path="/param[@name='connected']"/></param>
    /// <inheritdoc cref="Connect" path="/exception"/>
    /// <inheritdoc cref="Connect" path="/remarks"/>
    public static void Accept(Connection connection, SslServerAuthenticationOptions options, Event<Connection> accepted)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(options);
        Begin(connection, (stream, token) => stream.AuthenticateAsServerAsync(options, token), accepted);
    }

    /// <summary>The stream of a TLS connection, which tells what the two sides have agreed on: protocol, cipher, certificates, ALPN. Read and write by the connection alone.</summary>
    /// <param name="connection">A connection that <see cref="Connect"/> or <see cref="Accept"/> made.</param>
    /// <returns>Null for another connection.</returns>
    public static SslStream? StreamOf(Connection connection) => (connection as TlsConnection)?.Ssl;

    [Tamed] private static partial void Begin(Connection connection, Func<SslStream, CancellationToken, Task> handshake, Event<Connection> begun);

    private static void BeginBody(Connection connection, Func<SslStream, CancellationToken, Task> handshake, Event<Connection> begun)
    {
        var below = new ConnectionStream(connection, leaveOpen: false);
        var stream = new SslStream(below, leaveInnerStreamOpen: false);
        bool isDone = false;
        try
        {
            EventRegistration stop;
            using (twait())
            {
                Event shaken = mkevent();
                stop = begun.AtTrigger(shaken);
                Watch(handshake, stream, shaken);
            }
            stop.Dispose();
            isDone = begun.IsPending;
        }
        finally
        {
            if (!isDone)
            {
                connection.Abort();
                stream.Dispose();
            }
        }
        if (isDone)
            begun.Trigger(new TlsConnection(stream, below, connection));
    }

    /// <summary>Completes an event with a task that the loop itself drives: it holds no time, as the task of other work would.</summary>
    private static void Watch(Func<SslStream, CancellationToken, Task> handshake, SslStream stream, Event shaken)
    {
        using (new NoContext())
        {
            var task = handshake(stream, CancellationToken.None);
            var awaiter = task.ConfigureAwait(false).GetAwaiter();
            if (awaiter.IsCompleted)
                Tell();
            else
                awaiter.UnsafeOnCompleted(Tell);

            void Tell()
            {
                if (task.IsCompletedSuccessfully)
                    shaken.Trigger();
                else
                    shaken.Fail(task.Exception?.InnerException ?? new OperationCanceledException());
            }
        }
    }
}
