using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using KeyValue;
using Tame.IO;
using Tame.Testing;

namespace Tame.Samples.Tests.KeyValuePrograms;

/// <summary>The server of docs/servers-howto.md.</summary>
public sealed partial class KeyValueTests
{
    #region test
    [Fact]
    public void A_watch_is_answered_when_another_client_sets_the_key() => Run(WatchAndSet);

    private static void Run(Action<EndPoint, Event> clients) => TestLoop.Run(
        done =>
        {
            var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
            Server.Run(listener, new Store(), TextWriter.Null, Event.Detached);
            clients(listener.LocalEndPoint, done);
        },
        new TestLoopOptions { Loop = new EventLoopOptions { Network = new MemoryNetwork() } });

    [Tamed]
    private static partial void WatchAndSet(EndPoint server, Event done);

    private static void WatchAndSetBody(EndPoint server, Event done)
    {
        string watched, set;
        using (twait())
        {
            Ask(server, "WATCH color", mkevent(out watched));
            Ask(server, "SET color blue", mkevent(out set));
        }
        Assert.Equal(("VALUE blue\n", "OK\n"), (watched, set));
        twait(e => Ask(server, "WATCH color", e), out watched);
        Assert.Equal("SAME\n", watched);        // after thirty seconds, which take no time here
        done.Trigger();
    }

    /// <summary>Sends lines, closes the sending half, and reads to the end.</summary>
    [Tamed]
    private static partial void Ask(EndPoint server, string lines, Event<string> answers);

    private static void AskBody(EndPoint server, string lines, Event<string> answers)
    {
        twait(e => Network.Current.Connect(server, e), out Connection connection);
        using var owned = connection;
        string text;
        using (twait())
        {
            Send(connection, lines, mkevent());
            ReadToEnd(connection, mkevent(out text));
        }
        answers.Trigger(text);
    }

    [Tamed]
    private static partial void Send(Connection connection, string lines, Event done);

    private static void SendBody(Connection connection, string lines, Event done)
    {
        using var writer = new Writer(connection);
        writer.WriteLine(lines);
        twait(e => writer.Flush(e));
        connection.CloseSend();
        done.Trigger();
    }

    [Tamed]
    private static partial void ReadToEnd(Connection connection, Event<string> text);

    private static void ReadToEndBody(Connection connection, Event<string> text)
    {
        using var reader = new Reader(connection);
        var lines = new StringBuilder();
        while (true)
        {
            twait(e => reader.ReadLine(e), out string? line);
            if (line is null)
                break;
            lines.Append(line).Append('\n');
        }
        text.Trigger(lines.ToString());
    }
    #endregion

    [Theory]
    [InlineData("SET a 1\nGET a\nCOUNT\nDEL a\nGET a\nDEL a", "OK\nVALUE 1\nVALUE 1\nOK\nNONE\nNONE\n")]
    [InlineData("SET a one two  three\nGET a", "OK\nVALUE one two  three\n")]
    [InlineData("QUIT\nGET a", "BYE\n")]
    [InlineData("SET a\nget a\n", "ERROR say SET KEY VALUE, GET KEY, DEL KEY, WATCH KEY, COUNT or QUIT\nERROR say SET KEY VALUE, GET KEY, DEL KEY, WATCH KEY, COUNT or QUIT\nERROR say SET KEY VALUE, GET KEY, DEL KEY, WATCH KEY, COUNT or QUIT\n")]
    public void Each_request_has_its_answer_in_order(string requests, string answers) => Run((server, done) => Compare(server, requests, answers, done));

    [Tamed]
    private static partial void Compare(EndPoint server, string requests, string expected, Event done);

    private static void CompareBody(EndPoint server, string requests, string expected, Event done)
    {
        twait(e => Ask(server, requests, e), out string answers);
        Assert.Equal(expected, answers);
        done.Trigger();
    }

    [Fact]
    public void Ten_thousand_requests_in_one_piece_are_answered_in_order() => Run((server, done) => Compare(
        server, string.Join('\n', Enumerable.Range(0, 10_000).Select(i => $"SET k{i} {i}\nGET k{i}")), string.Concat(Enumerable.Range(0, 10_000).Select(i => $"OK\nVALUE {i}\n")), done));

    [Fact]
    public void A_line_that_is_too_long_costs_its_client_the_connection_and_no_one_else() => Run(SendLong);

    [Tamed]
    private static partial void SendLong(EndPoint server, Event done);

    private static void SendLongBody(EndPoint server, Event done)
    {
        try
        {
            twait(e => Ask(server, "SET a " + new string('x', 5000), e), out string _);
            Assert.Fail("The connection ended in good order.");
        }
        catch (SocketException reset)
        {
            Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
        }
        twait(e => Ask(server, "GET a", e), out string answer);
        Assert.Equal("NONE\n", answer);
        done.Trigger();
    }

    [Fact]
    public void Watchers_that_gave_up_are_forgotten() => TestLoop.Run(done => Abandon(new Store(), done));

    [Tamed]
    private static partial void Abandon(Store store, Event done);

    private static void AbandonBody(Store store, Event done)
    {
        for (int i = 0; i < 3; i++)
        {
            bool inTime;
            string? value = "";
            using (twait())
                store.Watch("a", mkevent(out value).WithTimeout(TimeSpan.FromSeconds(1), mkevent(out inTime)));
            Assert.False(inTime);
        }
        Assert.Equal(1, store.Watchers);
        done.Trigger();
    }

    [Fact]
    public void It_speaks_TLS()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        EventLoop.Run(
            done =>
            {
                var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
                Server.RunSecure(listener, new Store(), new SslServerAuthenticationOptions { ServerCertificate = certificate }, Event.Detached);
                AskSecretly(listener.LocalEndPoint, certificate.RawData, done);
            },
            new EventLoopOptions { Network = new MemoryNetwork() });
    }

    [Tamed]
    private static partial void AskSecretly(EndPoint server, byte[] expected, Event done);

    private static void AskSecretlyBody(EndPoint server, byte[] expected, Event done)
    {
        twait(e => Network.Current.Connect(server, e), out Connection connection);
        var options = new SslClientAuthenticationOptions { TargetHost = "server", RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetRawCertData().SequenceEqual(expected) };
        twait(e => Tls.Connect(connection, options, e), out Connection secure);
        using var owned = secure;
        using var writer = new Writer(secure);
        using var reader = new Reader(secure);
        writer.WriteLine("COUNT");
        twait(e => writer.Flush(e));
        twait(e => reader.ReadLine(e), out string? line);
        Assert.Equal("VALUE 0", line);
        done.Trigger();
    }

    #region real
    [Fact]
    public async Task A_client_without_Tame_is_served_over_the_network_of_the_system()
    {
        var token = TestContext.Current.CancellationToken;
        await using var thread = EventLoopThread.Start("server");
        int port = await thread.InvokeAsync<int>(started =>
        {
            var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
            Server.Run(listener, new Store(), TextWriter.Null, Event.Detached);
            started.Trigger(((IPEndPoint)listener.LocalEndPoint).Port);
        }, token);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, token);
        using var reader = new StreamReader(client.GetStream());
        await client.GetStream().WriteAsync("SET color blue\nGET color\n"u8.ToArray(), token);
        Assert.Equal("OK", await reader.ReadLineAsync(token));
        Assert.Equal("VALUE blue", await reader.ReadLineAsync(token));
    }
    #endregion

    [Fact]
    public void The_program_serves_a_real_client_and_stops_at_a_signal()
    {
        using var process = Command.Start(typeof(Store), "0");
        try
        {
            string first = process.StandardOutput.ReadLine()!;
            int port = int.Parse(first.Split(';')[0].Split(':')[1], CultureInfo.InvariantCulture);
            using var client = new TcpClient("127.0.0.1", port);
            using var reader = new StreamReader(client.GetStream());
            client.GetStream().Write("SET a 1\r\nGET a\r\nQUIT\r\n"u8);
            Assert.Equal("OK\nVALUE 1\nBYE\n", reader.ReadToEnd().ReplaceLineEndings("\n"));
            if (OperatingSystem.IsWindows())
                return;
            using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
                kill.WaitForExit();
            Assert.Equal("stopped", process.StandardOutput.ReadLine());
            Assert.True(process.WaitForExit(20_000), "It did not stop.");
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    [Fact]
    public void A_port_that_is_no_number_is_refused() =>
        Assert.Equal((1, "usage: KeyValue [PORT], a number from 0 to 65535; 0 picks a free port, and the default is 6400\n"), Outcome(Command.Run(typeof(Store), "many")));

    private static (int Exit, string Error) Outcome((int Exit, string Output, string Error) run) => (run.Exit, run.Error.ReplaceLineEndings("\n"));
}
