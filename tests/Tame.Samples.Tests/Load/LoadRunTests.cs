using System.Net;
using HdrHistogram;
using Tame.IO;
using Tame.Load;

namespace Tame.Samples.Tests.LoadGenerator;

/// <summary>What a load sees of servers whose delays are known, on a clock that jumps.</summary>
public sealed class LoadRunTests
{
    private static readonly byte[] s_request = "GET / HTTP/1.1\r\nHost: server\r\n\r\n"u8.ToArray();

    [Fact]
    public void A_server_that_stops_for_a_second_shows_in_all_requests_that_were_due_in_it()
    {
        // One client asks each 10 ms for 10 s. The 500th answer takes a second, the others none.
        var result = Run(new SlowServer(i => TimeSpan.FromMilliseconds(i == 500 ? 1000 : 0)), new LoadOptions { Server = Somewhere, Requests = [s_request], Clients = 1, Rate = 100 });
        Assert.Equal(1000, result.Requests);
        Assert.Equal(100, result.Latency.RecordedValues().Where(value => value.ValueIteratedTo > 5_000_000).Sum(value => value.CountAtValueIteratedTo));
        Assert.Equal(1, result.Service.RecordedValues().Where(value => value.ValueIteratedTo > 5_000_000).Sum(value => value.CountAtValueIteratedTo));
        Assert.InRange(result.Latency.GetMaxValue(), 999_000_000, 1_001_000_000);
    }

    [Fact]
    public void Clients_send_at_constant_intervals_in_turns()
    {
        var result = Run(new SlowServer(_ => TimeSpan.Zero), new LoadOptions { Server = Somewhere, Requests = [s_request], Clients = 7, Rate = 70, WarmUp = TimeSpan.Zero });
        Assert.All(result.Answers, count => Assert.Equal(100, count));
        Assert.Equal((1.0, 70.0, 0, 7), (result.Fairness, result.Rate, result.Unsent, result.Connections));
        Assert.Equal(700 * "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".Length, result.Bytes);
    }

    [Fact]
    public void Without_a_rate_a_client_asks_when_it_has_its_answer_and_has_thought()
    {
        var options = new LoadOptions { Server = Somewhere, Requests = [s_request], Clients = 4, WarmUp = TimeSpan.Zero, Think = TimeSpan.FromMilliseconds(20) };
        var result = Run(new SlowServer(_ => TimeSpan.FromMilliseconds(80)), options);
        Assert.All(result.Answers, count => Assert.Equal(100, count));
        Assert.InRange(result.Latency.GetMaxValue(), 79_000_000, 81_000_000);
    }

    [Fact]
    public void A_server_that_cannot_keep_up_leaves_requests_unsent_and_they_count()
    {
        // Each answer takes 20 ms, each client sends each 10 ms: of 1,000 requests a client, half are sent.
        var result = Run(new SlowServer(_ => TimeSpan.FromMilliseconds(20)), new LoadOptions { Server = Somewhere, Requests = [s_request], Clients = 2, Rate = 200, WarmUp = TimeSpan.Zero });
        Assert.InRange(result.Requests, 990, 1010);
        Assert.Equal(2000, result.Requests + result.Unsent);
        Assert.Equal(2000, result.Latency.TotalCount);
        Assert.Equal(result.Unsent, result.Waiting.TotalCount);
        Assert.Equal(1000, result.Arrived, 10.0);
        Assert.InRange(result.Latency.GetMaxValue(), 4_900_000_000, 5_100_000_000);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 300)]
    [InlineData(5, 60)]
    public void A_connection_carries_as_many_requests_as_asked(int requests, int connections)
    {
        var options = new LoadOptions { Server = Somewhere, Requests = [s_request], Clients = 3, Rate = 30, WarmUp = TimeSpan.Zero, RequestsPerConnection = requests };
        var result = Run(new SlowServer(_ => TimeSpan.Zero), options);
        Assert.Equal((300, connections), (result.Requests, result.Connections));
    }

    [Fact]
    public void A_request_without_an_answer_in_time_has_failed_and_the_next_has_a_new_connection()
    {
        var options = new LoadOptions { Server = Somewhere, Requests = [s_request], Clients = 1, Rate = 1, WarmUp = TimeSpan.Zero, Timeout = TimeSpan.FromMilliseconds(300) };
        var result = Run(new SlowServer(i => TimeSpan.FromMilliseconds(i % 2 == 0 ? 0 : 600)), options);
        Assert.Equal(5, result.Requests);
        Assert.Equal(new Dictionary<string, long> { ["no answer in time"] = 5 }, result.Failures);
        Assert.Equal(5, result.Waiting.TotalCount);
        Assert.InRange(result.Waiting.GetMaxValue(), 300_000_000, 321_000_000);
        Assert.Equal(5, result.Connections);        // no request comes after the last failure
    }

    [Fact]
    public void Answers_are_told_by_their_status()
    {
        var result = Run(new SlowServer(_ => TimeSpan.Zero, "503 Service Unavailable"), new LoadOptions { Server = Somewhere, Requests = [s_request], Clients = 2, Rate = 20, WarmUp = TimeSpan.Zero });
        Assert.Equal(new Dictionary<int, long> { [503] = 200 }, result.Statuses);
        Assert.Equal(200, result.Refused);
    }

    [Fact]
    public void Answers_that_turn_a_client_away_are_counted_apart_from_those_that_do_not()
    {
        // Every third answer is refused and comes at once; the others take 50 ms.
        int asked = 0;
        var server = new SlowServer(i => TimeSpan.FromMilliseconds(i % 3 == 2 ? 0 : 50)) { Status = () => asked++ % 3 == 2 ? "503 Service Unavailable" : "200 OK" };
        var result = Run(server, new LoadOptions { Server = Somewhere, Requests = [s_request], Clients = 1, Rate = 3, WarmUp = TimeSpan.Zero });
        Assert.Equal((30, 20, 10, 10), (result.Requests, result.Admitted.Count, result.TurnedAway.Count, result.Refused));
        Assert.InRange(result.Admitted.Latency.GetValueAtPercentile(0), 49_900_000, 50_100_000);
        Assert.InRange(result.TurnedAway.Service.GetMaxValue(), 1, 100_000);
        var other = new LoadResult(1);
        other.Add(result);
        other.Add(result);
        Assert.Equal((60, 40, 20), (other.Requests, other.Admitted.Count, other.TurnedAway.Count));
    }

    [Fact]
    public void A_connection_that_ends_before_its_answer_is_a_failure_and_the_next_request_has_another()
    {
        var server = new SlowServer(_ => TimeSpan.Zero) { EndsBefore = i => i % 10 == 9 };
        var result = Run(server, new LoadOptions { Server = Somewhere, Requests = [s_request], Clients = 1, Rate = 10, WarmUp = TimeSpan.Zero });
        Assert.Equal(90, result.Requests);
        Assert.Equal(new Dictionary<string, long> { ["the connection ended before the answer"] = 10 }, result.Failures);
    }

    [Fact]
    public void A_server_that_is_not_there_is_a_failure_of_each_request()
    {
        var options = new LoadOptions { Server = Somewhere, Requests = [s_request], Clients = 1, Rate = 10, WarmUp = TimeSpan.Zero };
        var result = LoadInMemory.Run(null, options);
        Assert.Equal(new Dictionary<string, long> { ["ConnectionRefused"] = 100 }, result.Failures);
    }

    [Fact]
    public void Several_loops_share_the_clients_of_a_real_server()
    {
        using var ready = new ManualResetEventSlim();
        EndPoint? at = null;
        Event end = default;
        var thread = new Thread(() => EventLoop.Run(
            done =>
            {
                end = done;
                var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
                at = listener.LocalEndPoint;
                listener.Serve(new SlowServer(_ => TimeSpan.Zero).Serve, null, Event.Ignored);
                ready.Set();
            },
            new EventLoopOptions { OnExit = ExitBehavior.Abandon }));
        thread.Start();
        ready.Wait(TestContext.Current.CancellationToken);
        var options = new LoadOptions { Server = at!, Requests = [s_request], Clients = 5, Rate = 500, WarmUp = TimeSpan.FromMilliseconds(100), Duration = TimeSpan.FromSeconds(1) };
        var result = Generator.Run(options, threads: 2);
        end.Trigger();
        thread.Join();
        Assert.Equal(500, result.Requests + result.Unsent);
        Assert.Empty(result.Failures);
        Assert.Equal(5, result.Connections);
    }

    private static IPEndPoint Somewhere { get; } = new(IPAddress.Loopback, 8080);

    private static LoadResult Run(SlowServer server, LoadOptions options) => LoadInMemory.Run(server.Serve, options);
}
