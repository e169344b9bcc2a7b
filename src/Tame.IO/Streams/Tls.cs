using System.Net.Security;

namespace Tame.IO;

/// <summary>TLS over any connection: an encrypted connection over another connection.</summary>
/// <remarks>
/// <para><see cref="Connection.CloseSend"/> sends the close_notify of TLS, and the peer may continue to send. An attacker may have truncated a stream that ends without close_notify, so the receive fails with an
/// <see cref="EndOfStreamException"/>. <see cref="Connection.Abort"/> resets the connection below.</para>
/// <para>Closing sends the remaining bytes and close_notify before it closes the connection below. It gives up after 30 seconds if the peer does not read. Sent bytes are encrypted and passed on in the background: a
/// later send reports a failure.</para>
/// </remarks>
public static partial class Tls
{
    /// <summary>Begins TLS as the client.</summary>
    /// <param name="connection">The connection below. The TLS connection owns it, and aborts it if the handshake fails or something else completes the event first.</param>
    /// <param name="options">The name of the server, and the other options of TLS.</param>
    /// <param name="connected">
    /// Gets the TLS connection. It fails with an <see cref="System.Security.Authentication.AuthenticationException"/> if the two sides do not agree or a certificate is not accepted.
    /// </param>
    /// <exception cref="ArgumentNullException">The connection or the options are null.</exception>
    /// <remarks>For the loop's thread. A handshake has no time limit by default: use <c>WithTimeout</c>.</remarks>
    public static void Connect(Connection connection, SslClientAuthenticationOptions options, Event<Connection> connected)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(options);
        Begin(connection, (stream, token) => stream.AuthenticateAsClientAsync(options, token), connected);
    }

    /// <summary>Begins TLS as the server.</summary>
    /// <param name="connection"><inheritdoc cref="Connect" path="/param[@name='connection']"/></param>
    /// <param name="options">The certificate, and the other options of TLS.</param>
    /// <param name="accepted"><inheritdoc cref="Connect" path="/param[@name='connected']"/></param>
    /// <inheritdoc cref="Connect" path="/exception"/>
    /// <inheritdoc cref="Connect" path="/remarks"/>
    public static void Accept(Connection connection, SslServerAuthenticationOptions options, Event<Connection> accepted)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(options);
        Begin(connection, (stream, token) => stream.AuthenticateAsServerAsync(options, token), accepted);
    }

    /// <summary>Gets the stream of a TLS connection, which shows the negotiated protocol, cipher, certificates and ALPN. Read and write only through the connection.</summary>
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

    /// <summary>Completes an event with a task that the loop itself drives. Unlike a task of other work, it does not hold virtual time.</summary>
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
