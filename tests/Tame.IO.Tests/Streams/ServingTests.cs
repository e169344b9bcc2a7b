using System.Net;
using System.Net.Sockets;

namespace Tame.IO.Tests.Streams;

public sealed partial class ServingTests
{
    public static readonly TheoryData<string> All = Networks.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Each_connection_has_a_handler_and_is_closed_behind_it(string network) => Pairs.Run(network, EchoTest);

    [Tamed] private static partial void EchoTest(Event done);

    private static void EchoTestBody(Event done)
    {
        var listener = Network.Current.Listen(Networks.AnyPort);
        using var served = new Rendezvous();
        listener.Serve(Echo, null, mkevent(served));
        string?[] answers = new string?[3];
        using (twait())
        {
            for (int i = 0; i < answers.Length; i++)
                Ask(listener.LocalEndPoint, $"hello {i}", mkevent(out answers[i]));
        }
        Assert.Equal(["hello 0", "hello 1", "hello 2"], answers);
        listener.Dispose();
        twait(served);
        done.Trigger();
    }

    [Tamed] private static partial void Echo(Connection connection, Event done);

    private static void EchoBody(Connection connection, Event done)
    {
        using var reader = new Reader(connection);
        using var writer = new Writer(connection);
        twait(e => reader.ReadLine(e), out string? line);
        if (line == "throw")
            throw new InvalidOperationException("the handler fails");
        if (line == "sleep")
            twait(e => timer(TimeSpan.FromHours(1), e));
        writer.WriteLine(line);
        twait(e => writer.Flush(e));
        done.Trigger();
    }

    [Tamed] private static partial void Ask(EndPoint server, string text, Event<string?> answer);

    private static void AskBody(EndPoint server, string text, Event<string?> answer)
    {
        twait(e => Network.Current.Connect(server, e), out Connection connection);
        using (connection)
        {
            using var writer = new Writer(connection);
            using var reader = new Reader(connection);
            writer.WriteLine(text);
            twait(e => writer.Flush(e));
            twait(e => reader.ReadLine(e), out string? line);
            twait(e => reader.ReadLine(e), out string? end);
            Assert.Null(end);
            answer.Trigger(line);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_failure_of_a_handler_resets_its_connection_and_is_told(string network) => Pairs.Run(network, FailureTest);

    [Tamed] private static partial void FailureTest(Event done);

    private static void FailureTestBody(Event done)
    {
        var failures = new List<string>();
        var listener = Network.Current.Listen(Networks.AnyPort);
        using var served = new Rendezvous();
        listener.Serve(Echo, new ServeOptions { OnFailure = (c, e) => failures.Add($"{c.IsClosed} {e.Message}") }, mkevent(served));
        using var asked = new Rendezvous();
        Ask(listener.LocalEndPoint, "throw", mkevent(asked, out string? _));
        twait(asked, out Exception? error);
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(error).SocketErrorCode);
        Assert.Equal(["True the handler fails"], failures);
        twait(e => Ask(listener.LocalEndPoint, "still there", e), out string? answer);
        Assert.Equal("still there", answer);
        listener.Dispose();
        twait(served);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_the_report_of_a_failure_throws_ends_the_server(string network) => Pairs.Run(network, ReportTest);

    [Tamed] private static partial void ReportTest(Event done);

    private static void ReportTestBody(Event done)
    {
        var listener = Network.Current.Listen(Networks.AnyPort);
        using var served = new Rendezvous();
        listener.Serve(static (_, _) => throw new FormatException("at once"), new ServeOptions { OnFailure = static (_, e) => throw e }, mkevent(served));
        using var asked = new Rendezvous();
        Ask(listener.LocalEndPoint, "x", mkevent(asked, out string? _));
        twait(served, out Exception? error);
        Assert.Equal("at once", error?.Message);
        Assert.True(listener.IsClosed);
        twait(asked, out error);
        Assert.NotNull(error);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_handler_that_loses_its_event_is_told_and_its_connection_reset(string network) => Pairs.Run(network, LossTest);

    [Tamed] private static partial void LossTest(Event done);

    private static void LossTestBody(Event done)
    {
        var failures = new List<Exception>();
        var listener = Network.Current.Listen(Networks.AnyPort);
        using var served = new Rendezvous();
        listener.Serve(static (_, _) => { }, new ServeOptions { OnFailure = (_, e) => failures.Add(e) }, mkevent(served));
        using var asked = new Rendezvous();
        Ask(listener.LocalEndPoint, "x", mkevent(asked, out string? _));
        twait(asked, out Exception? error);
        Assert.IsType<SocketException>(error);
        Assert.IsType<LostEventException>(Assert.Single(failures));
        listener.Dispose();
        twait(served);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Connections_over_the_limit_wait_to_be_accepted(string network) => Pairs.Run(network, LimitTest);

    [Tamed] private static partial void LimitTest(Event done);

    private static void LimitTestBody(Event done)
    {
        int open = 0, most = 0;
        var listener = Network.Current.Listen(Networks.AnyPort);
        using var served = new Rendezvous();
        listener.Serve(
            (connection, ended) =>
            {
                most = Math.Max(most, ++open);
                Nap(TimeSpan.FromMilliseconds(30), () => open--, ended);
            },
            new ServeOptions { MaxConnections = 2 },
            mkevent(served));
        using (twait())
        {
            for (int i = 0; i < 7; i++)
                WaitForEnd(listener.LocalEndPoint, mkevent());
        }
        Assert.Equal(2, most);
        listener.Dispose();
        twait(served);
        done.Trigger();
    }

    [Tamed] private static partial void Nap(TimeSpan time, Action end, Event done);

    private static void NapBody(TimeSpan time, Action end, Event done)
    {
        twait(e => timer(time, e));
        end();
        done.Trigger();
    }

    [Tamed] private static partial void WaitForEnd(EndPoint server, Event done);

    private static void WaitForEndBody(EndPoint server, Event done)
    {
        twait(e => Network.Current.Connect(server, e), out Connection connection);
        using (connection)
            twait(e => connection.Receive(new byte[1], e), out int _);
        done.Trigger();
    }

    [Theory]
    [InlineData(Networks.Memory, 10_000, 20_000, 2)]
    [InlineData(Networks.Memory, 10_000, 1000, 0)]
    [InlineData(Networks.System, 200, 60_000, 2)]
    [InlineData(Networks.System, 60_000, 100, 0)]
    [InlineData(Networks.Portable, 200, 60_000, 2)]
    public void A_drain_waits_for_handlers_and_then_aborts_them(string network, int milliseconds, int limit, int served) =>
        Pairs.Run(network, done => DrainTest(TimeSpan.FromMilliseconds(milliseconds), TimeSpan.FromMilliseconds(limit), served, done));

    [Tamed] private static partial void DrainTest(TimeSpan nap, TimeSpan limit, int expected, Event done);

    private static void DrainTestBody(TimeSpan nap, TimeSpan limit, int expected, Event done)
    {
        int begun = 0, ended = 0;
        var listener = Network.Current.Listen(Networks.AnyPort);
        using var served = new Rendezvous();
        listener.Serve(
            (_, e) =>
            {
                begun++;
                Nap(nap, () => ended++, e);
            },
            new ServeOptions { DrainTimeout = limit },
            mkevent(served));
        using var clients = new Rendezvous();
        WaitForEnd(listener.LocalEndPoint, mkevent(clients));
        WaitForEnd(listener.LocalEndPoint, mkevent(clients));
        while (begun != 2)
            twait(e => asap(e));
        listener.Dispose();
        twait(served);
        Assert.Equal(expected, ended);
        twait(clients, out Exception? first);
        twait(clients, out Exception? second);
        Assert.Equal(expected == 0, first is SocketException);
        Assert.Equal(expected == 0, second is SocketException);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_event_that_completes_otherwise_drains_the_server(string network) => Pairs.Run(network, CancelTest);

    [Tamed] private static partial void CancelTest(Event done);

    private static void CancelTestBody(Event done)
    {
        var listener = Network.Current.Listen(Networks.AnyPort);
        using var served = new Rendezvous();
        using var stop = new CancellationTokenSource();
        listener.Serve(Echo, null, mkevent(served).WithCancellation(stop.Token));
        using var asked = new Rendezvous();
        twait(e => Ask(listener.LocalEndPoint, "here", e), out string? answer);
        Assert.Equal("here", answer);
        stop.Cancel();
        twait(served, out Exception? error);
        Assert.IsType<OperationCanceledException>(error, exactMatch: false);
        twait(e => asap(e));
        Assert.True(listener.IsClosed);
        done.Trigger();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_server_whose_event_is_detached_goes_on(bool ignored) => Pairs.Run(done => DetachedTest(ignored ? Event.Ignored : Event.Detached, done));

    [Tamed] private static partial void DetachedTest(Event served, Event done);

    private static void DetachedTestBody(Event served, Event done)
    {
        var listener = Network.Current.Listen(Networks.AnyPort);
        listener.Serve(Echo, null, served);
        // An event that nothing can trigger is found lost by a few collections.
        for (int i = 0; i < 5; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            twait(e => asap(e));
        }
        twait(e => Ask(listener.LocalEndPoint, "still there", e), out string? answer);
        Assert.Equal("still there", answer);
        listener.Dispose();
        done.Trigger();
    }

    [Fact]
    public void A_server_whose_event_is_complete_ends_at_once() => Pairs.Run(EmptyTest);

    [Tamed] private static partial void EmptyTest(Event done);

    private static void EmptyTestBody(Event done)
    {
        var listener = Network.Current.Listen(Networks.AnyPort);
        listener.Serve(Echo, null, default);
        twait(e => asap(e));
        Assert.True(listener.IsClosed);
        done.Trigger();
    }

    [Theory]
    [InlineData(SocketError.TooManyOpenSockets, true)]
    [InlineData(SocketError.ConnectionAborted, true)]
    [InlineData(SocketError.InvalidArgument, false)]
    public void Accepting_goes_on_after_errors_that_pass(SocketError error, bool passes) => Pairs.Run((client, server, done) => ErrorTest(client, server, error, passes, done));

    [Tamed] private static partial void ErrorTest(Connection client, Connection server, SocketError error, bool passes, Event done);

    private static void ErrorTestBody(Connection client, Connection server, SocketError error, bool passes, Event done)
    {
        var start = EventLoop.Current!.TimeProvider.GetUtcNow();
        var listener = new ScriptedListener(error, error, server);
        using var served = new Rendezvous();
        listener.Serve(Echo, null, mkevent(served));
        if (!passes)
        {
            twait(served, out Exception? failure);
            Assert.Equal(error, Assert.IsType<SocketException>(failure).SocketErrorCode);
            done.Trigger();
            return;
        }
        using var reader = new Reader(client);
        twait(e => client.Send("x\n"u8.ToArray(), e));
        twait(e => reader.ReadLine(e), out string? line);
        Assert.Equal("x", line);
        Assert.Equal(error == SocketError.TooManyOpenSockets ? 200 : 0, (EventLoop.Current!.TimeProvider.GetUtcNow() - start).TotalMilliseconds);
        listener.Dispose();
        twait(served);
        done.Trigger();
    }

    [Fact]
    public void A_connection_that_closes_ends_the_pause() => Pairs.Run(PauseTest);

    [Tamed] private static partial void PauseTest(Connection client, Connection server, Event done);

    private static void PauseTestBody(Connection client, Connection server, Event done)
    {
        twait(e => Pairs.Open(e), out Connection waiting, out Connection later);
        var listener = new ScriptedListener(server, SocketError.TooManyOpenSockets, SocketError.TooManyOpenSockets, later);
        using var served = new Rendezvous();
        listener.Serve(Echo, null, mkevent(served));
        Assert.Equal(2, listener.Attempts);     // of which the second one failed
        twait(e => timer(TimeSpan.FromMilliseconds(130), e));
        Assert.Equal(3, listener.Attempts);     // which failed too, after 100 ms
        twait(e => client.Send("x\n"u8.ToArray(), e));
        using var reader = new Reader(client);
        twait(e => reader.ReadLine(e), out string? _);
        twait(e => reader.ReadLine(e), out string? end);
        Assert.Null(end);
        twait(e => asap(e));
        Assert.Equal(5, listener.Attempts);     // which took the other connection, and found nothing more
        twait(e => timer(TimeSpan.FromHours(1), e));
        Assert.Equal(5, listener.Attempts);
        listener.Dispose();
        waiting.Dispose();
        twait(served);
        done.Trigger();
    }

    /// <summary>Accepts as it was told, and then nothing more.</summary>
    private sealed class ScriptedListener(params object[] script) : Listener
    {
        private int _next;

        public int Attempts { get; private set; }

        public override EndPoint LocalEndPoint => Networks.AnyPort;

        protected override Connection? AcceptCore(out SocketError error)
        {
            Attempts++;
            error = _next < script.Length ? SocketError.Success : SocketError.WouldBlock;
            if (error == SocketError.WouldBlock)
                return null;
            if (script[_next++] is Connection connection)
                return connection;
            error = (SocketError)script[_next - 1];
            return null;
        }

        protected override void CloseCore()
        {
        }

        protected override void WaitToAccept()
        {
        }

        protected override void StopWaitToAccept()
        {
        }
    }
}
