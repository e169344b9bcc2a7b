using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tame.IO.Tests.Streams;

public sealed partial class TlsTests
{
    private static readonly X509Certificate2 s_certificate = MakeCertificate();

    private static SslServerAuthenticationOptions Server => new() { ServerCertificate = s_certificate, ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] };

    private static SslClientAuthenticationOptions Client => new()
    {
        TargetHost = "localhost",
        ApplicationProtocols = [SslApplicationProtocol.Http11],
        RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate?.GetCertHashString() == s_certificate.GetCertHashString(),
    };

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    [Tamed] private static partial void Open(Connection client, Connection server, Event<Connection, Connection> opened);

    private static void OpenBody(Connection client, Connection server, Event<Connection, Connection> opened)
    {
        Connection near, far;
        using (twait())
        {
            Tls.Connect(client, Client, mkevent(out near));
            Tls.Accept(server, Server, mkevent(out far));
        }
        opened.Trigger(near, far);
    }

    [Theory]
    [InlineData(65536)]
    [InlineData(1000)]
    public void Bytes_pass_both_ways_and_the_ends_too(int buffer) => Pairs.Run(ExchangeTest, buffer);

    [Tamed] private static partial void ExchangeTest(Connection client, Connection server, Event done);

    private static void ExchangeTestBody(Connection client, Connection server, Event done)
    {
        int thread = Environment.CurrentManagedThreadId;
        twait(e => Open(client, server, e), out Connection near, out Connection far);
        Assert.Equal(SslApplicationProtocol.Http11, Tls.StreamOf(near)?.NegotiatedApplicationProtocol);
        Assert.Equal(SslApplicationProtocol.Http11, Tls.StreamOf(far)?.NegotiatedApplicationProtocol);
        Assert.Null(Tls.StreamOf(client));
        Assert.Equal(client.RemoteEndPoint, near.RemoteEndPoint);
        var bytes = new byte[200_000];
        new Random(1).NextBytes(bytes);
        var there = new byte[bytes.Length];
        var back = new byte[bytes.Length];
        using var atFar = new Reader(far);
        using var atNear = new Reader(near);
        using (twait())
        {
            near.Send(bytes, mkevent());
            far.Send(bytes, mkevent());
            atFar.ReadExactly(there, mkevent());
            atNear.ReadExactly(back, mkevent());
        }
        Assert.Equal(bytes, there);
        Assert.Equal(bytes, back);
        near.CloseSend();
        twait(e => atFar.ReadLine(e), out string? end);
        Assert.Null(end);
        twait(e => far.Send("still\n"u8.ToArray(), e));
        far.CloseSend();
        twait(e => atNear.ReadLine(e), out string? line);
        twait(e => atNear.ReadLine(e), out end);
        Assert.Equal(["still", null], [line, end]);
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        done.Trigger();
    }

    [Fact]
    public void Closing_sends_what_is_left_and_the_end() => Pairs.Run(DisposeTest, buffer: 1000);

    [Tamed] private static partial void DisposeTest(Connection client, Connection server, Event done);

    private static void DisposeTestBody(Connection client, Connection server, Event done)
    {
        twait(e => Open(client, server, e), out Connection near, out Connection far);
        twait(e => near.Send(new byte[10_000], e));
        near.Dispose();
        Assert.False(client.IsClosed);
        using var reader = new Reader(far);
        twait(e => reader.ReadExactly(new byte[10_000], e));
        twait(e => reader.Read(new byte[1], e), out int end);
        Assert.Equal(0, end);
        twait(e => timer(TimeSpan.FromMilliseconds(1), e));
        Assert.True(client.IsClosed);
        far.Dispose();
        twait(e => timer(TimeSpan.FromMilliseconds(1), e));
        Assert.True(server.IsClosed);
        done.Trigger();
    }

    [Fact]
    public void A_peer_that_stops_reading_holds_up_the_sender_and_not_the_close() => Pairs.Run(StalledTest, buffer: 1000);

    [Tamed] private static partial void StalledTest(Connection client, Connection server, Event done);

    private static void StalledTestBody(Connection client, Connection server, Event done)
    {
        twait(e => Open(client, server, e), out Connection near, out Connection far);
        bool isLate = false;
        try
        {
            twait(e => near.Send(new byte[1_000_000], e.WithTimeout(TimeSpan.FromMinutes(1))));
        }
        catch (TimeoutException)
        {
            isLate = true;
        }
        Assert.True(isLate);
        near.Dispose();
        twait(e => timer(TimeSpan.FromSeconds(29), e));
        Assert.False(client.IsClosed);
        twait(e => timer(TimeSpan.FromSeconds(2), e));
        Assert.True(client.IsClosed);
        far.Abort();
        Assert.True(server.IsClosed);
        done.Trigger();
    }

    [Fact]
    public void A_stream_without_close_notify_is_cut_off() => Pairs.Run(CutOffTest);

    [Tamed] private static partial void CutOffTest(Connection client, Connection server, Event done);

    private static void CutOffTestBody(Connection client, Connection server, Event done)
    {
        twait(e => Open(client, server, e), out Connection near, out Connection far);
        twait(e => near.Send("abc"u8.ToArray(), e));
        client.CloseSend();
        var buffer = new byte[10];
        twait(e => far.Receive(buffer, e), out int count);
        Assert.Equal(3, count);
        using var cut = new Rendezvous();
        far.Receive(buffer, mkevent(cut, out int _));
        twait(cut, out Exception? error);
        Assert.Contains("close_notify", Assert.IsType<EndOfStreamException>(error).Message, StringComparison.Ordinal);
        near.Abort();
        far.Abort();
        done.Trigger();
    }

    [Fact]
    public void An_abort_resets_the_peer() => Pairs.Run(AbortTest);

    [Tamed] private static partial void AbortTest(Connection client, Connection server, Event done);

    private static void AbortTestBody(Connection client, Connection server, Event done)
    {
        twait(e => Open(client, server, e), out Connection near, out Connection far);
        using var waits = new Rendezvous();
        far.Receive(new byte[1], mkevent(waits, out int _));
        near.Abort();
        twait(waits, out Exception? error);
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(error).SocketErrorCode);
        Assert.True(client.IsClosed);
        far.Dispose();
        done.Trigger();
    }

    [Fact]
    public void A_certificate_that_is_not_accepted_fails_the_handshake() => Pairs.Run(RefusalTest);

    [Tamed] private static partial void RefusalTest(Connection client, Connection server, Event done);

    private static void RefusalTestBody(Connection client, Connection server, Event done)
    {
        var options = Client;
        options.RemoteCertificateValidationCallback = static (_, _, _, _) => false;
        using var hands = new Rendezvous();
        Tls.Accept(server, Server, mkevent(hands, out Connection? far));
        using var near = new Rendezvous();
        Tls.Connect(client, options, mkevent(near, out Connection? _));
        twait(near, out Exception? error);
        Assert.IsType<AuthenticationException>(error);
        Assert.True(client.IsClosed);
        twait(hands, out error);
        if (error is null)
            far!.Abort();
        Assert.True(server.IsClosed);
        done.Trigger();
    }

    [Fact]
    public void A_handshake_may_have_a_time_limit() => Pairs.Run(SilentTest);

    [Tamed] private static partial void SilentTest(Connection client, Connection server, Event done);

    private static void SilentTestBody(Connection client, Connection server, Event done)
    {
        using var hands = new Rendezvous();
        Tls.Connect(client, Client, mkevent(hands, out Connection? _).WithTimeout(TimeSpan.FromSeconds(10)));
        twait(hands, out Exception? error);
        Assert.IsType<TimeoutException>(error);
        twait(e => asap(e));
        Assert.True(client.IsClosed);
        done.Trigger();
    }

    [Fact]
    public void A_peer_that_speaks_no_TLS_fails_the_handshake() => Pairs.Run(PlainTest);

    [Tamed] private static partial void PlainTest(Connection client, Connection server, Event done);

    private static void PlainTestBody(Connection client, Connection server, Event done)
    {
        using var hands = new Rendezvous();
        Tls.Connect(client, Client, mkevent(hands, out Connection? _));
        twait(e => server.Send("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), e));
        twait(hands, out Exception? error);
        Assert.True(error is AuthenticationException or IOException);
        Assert.True(client.IsClosed);
        done.Trigger();
    }

    [Theory]
    [InlineData(Networks.System)]
    [InlineData(Networks.Portable)]
    public void It_runs_over_sockets(string network) => Networks.Run(network, SocketTest);

    [Tamed] private static partial void SocketTest(Event done);

    private static void SocketTestBody(Event done)
    {
        twait(e => Pairs.Open(e), out Connection client, out Connection server);
        twait(e => ExchangeTest(client, server, e));
        done.Trigger();
    }
}
