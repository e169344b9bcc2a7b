using System.Net;
using System.Text.Json;
using Haboob;
using Knot;
using Tame.IO;

namespace Tame.Samples.Tests.Knot;

/// <summary>An event of the stream.</summary>
internal sealed record Numbers(double Uptime, long Requests, double? PerSecond, int Connections, int Loops)
{
    public static Numbers Parse(string line) => JsonSerializer.Deserialize<Numbers>(line["data: ".Length..], JsonSerializerOptions.Web)!;
}

/// <summary>The numbers that the server sends to its page, over the system's network and in virtual time.</summary>
public abstract partial class LiveTests(Site site)
{
    private const string Ask = "GET /.live HTTP/1.1\r\nHost: localhost\r\n\r";
    private static readonly KnotOptions s_options = new() { Port = 0, Root = ".", Host = IPAddress.Loopback };

    public static TheoryData<bool> Both => Networked.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public void The_numbers_follow_the_requests(bool inMemory) => Networked.Run(inMemory, done => With(
        inMemory ? s_options : s_options with { LiveInterval = TimeSpan.FromMilliseconds(50) }, (server, used) => Follow(server, inMemory, used), done));

    [Theory]
    [MemberData(nameof(Both))]
    public void Stopping_ends_the_stream(bool inMemory) => Networked.Run(inMemory, done => With(s_options, StopAndHear, done));

    [Fact]
    public void A_client_that_does_not_read_gets_no_further_events_and_does_not_hold_up_a_stop() => Networked.Run(inMemory: true, done => With(
        s_options with { LiveInterval = TimeSpan.FromMilliseconds(10), StallLimit = TimeSpan.FromDays(1) }, Stall, done));

    [Theory]
    [MemberData(nameof(Both))]
    public void A_limited_number_of_pages_may_be_open(bool inMemory) => Networked.Run(inMemory, done => With(
        s_options with { LiveInterval = TimeSpan.FromMilliseconds(50), MaxLive = 1 }, Crowd, done));

    [Fact]
    public void HEAD_has_no_stream_and_other_methods_are_refused()
    {
        using var knot = new KnotUnderTest(site);
        using var client = knot.Connect();
        var head = client.Send("HEAD /.live HTTP/1.1\r\nHost: localhost\r\n\r\n").Read(withoutBody: true);
        Assert.Equal((200, "text/event-stream", "no-store"), (head.Status, Client.Field(head.Head, "Content-Type"), Client.Field(head.Head, "Cache-Control")));
        Assert.Equal(405, client.Send("POST /.live HTTP/1.1\r\nHost: localhost\r\n\r\n").Read().Status);
    }

    [Fact]
    public void A_server_that_gives_no_numbers_has_no_such_path()
    {
        using var knot = new KnotUnderTest(site, options => options with { Live = false });
        using var client = knot.Connect();
        Assert.Equal(404, client.Get("/.live").Status);
    }

    [Fact]
    public async Task HttpClient_follows_the_numbers()
    {
        using var knot = new KnotUnderTest(site, options => options with { LiveInterval = TimeSpan.FromMilliseconds(50) });
        using var client = new HttpClient { BaseAddress = knot.Server.Address };
        using var reader = new StreamReader(await client.GetStreamAsync("/.live", TestContext.Current.CancellationToken));
        var first = await Next(reader);
        (await client.GetAsync("/none", TestContext.Current.CancellationToken)).Dispose();
        var next = first;
        while (next.Requests == first.Requests)
            next = await Next(reader);
        Assert.Equal((0, 1), (first.Requests, next.Requests));
        Assert.True(next.Uptime > first.Uptime);
    }

    private static async Task<Numbers> Next(StreamReader reader)
    {
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Length != 0)
                return Numbers.Parse(line);
        }
        throw new EndOfStreamException("The stream has ended.");
    }

    /// <summary>Runs the server, and stops it after <paramref name="use"/>.</summary>
    [Tamed] private partial void With(KnotOptions options, Action<Server, Event> use, Event done);

    private void WithBody(KnotOptions options, Action<Server, Event> use, Event done)
    {
        var server = site == Site.Knot ? new Server(options, TextWriter.Null) : new StagedServer(new HaboobOptions { Site = options }, TextWriter.Null);
        server.Listen();
        using (twait())
        {
            server.Run(mkevent());
            UseAndStop(server, use, mkevent());
        }
        done.Trigger();
    }

    [Tamed] private static partial void UseAndStop(Server server, Action<Server, Event> use, Event done);

    private static void UseAndStopBody(Server server, Action<Server, Event> use, Event done)
    {
        try
        {
            twait(e => use(server, e));
        }
        finally
        {
            server.Stop();
        }
        done.Trigger();
    }

    [Tamed] private static partial void Follow(Server server, bool inMemory, Event done);

    private static void FollowBody(Server server, bool inMemory, Event done)
    {
        twait(e => Open(server, Ask, e), out LineClient page);
        using var owned = page;
        twait(e => HearNumbers(page, e), out Numbers numbers);
        Assert.Equal((0, null, 1, 1), (numbers.Requests, numbers.PerSecond, numbers.Connections, numbers.Loops));

        for (int i = 0; i < 10; i++)
        {
            twait(e => Open(server, "GET /.none HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r", e), out LineClient client);
            using (client)
                twait(e => client.HearUntil("</html>", e), out List<string> _);
        }
        twait(e => Open(server, "", e), out LineClient idle);
        using var alsoOwned = idle;
        int events = 0;
        do
        {
            twait(e => HearNumbers(page, e), out numbers);
            events++;
        }
        while ((numbers.Requests, numbers.Connections) != (10, 2));
        if (inMemory)
            Assert.Equal((1, 1.0, 10.0), (events, numbers.Uptime, numbers.PerSecond));
        done.Trigger();
    }

    [Tamed] private static partial void StopAndHear(Server server, Event done);

    private static void StopAndHearBody(Server server, Event done)
    {
        twait(e => Open(server, Ask, e), out LineClient page);
        using var owned = page;
        twait(e => HearNumbers(page, e), out Numbers _);
        server.Stop();
        twait(e => page.HearAll(e), out List<string> rest);
        Assert.Equal(["0", ""], rest[^2..]);         // the last chunk: nothing was cut off
        done.Trigger();
    }

    [Tamed] private static partial void Stall(Server server, Event done);

    private static void StallBody(Server server, Event done)
    {
        twait(e => Open(server, Ask, e), out LineClient page);
        using var owned = page;
        twait(e => timer(TimeSpan.FromMinutes(5), e));
        var time = EventLoop.Current!.TimeProvider;
        long stopped = time.GetTimestamp();
        server.Stop();
        do
            twait(e => timer(TimeSpan.FromMilliseconds(1), e));
        while (server.Stats.Active != 0);
        Assert.True(time.GetElapsedTime(stopped) < TimeSpan.FromSeconds(1));
        Assert.InRange(server.Stats.BytesSent, 1, 200_000);     // what the network takes, of 30,000 events
        done.Trigger();
    }

    [Tamed] private static partial void Crowd(Server server, Event done);

    private static void CrowdBody(Server server, Event done)
    {
        twait(e => Open(server, Ask, e), out LineClient page);
        using (page)
        {
            twait(e => HearNumbers(page, e), out Numbers _);
            twait(e => OpenAndHear(server, e), out string? refused);
            Assert.StartsWith("HTTP/1.1 503 ", refused);
        }
        string? status;
        do
        {
            twait(e => timer(TimeSpan.FromMilliseconds(50), e));
            twait(e => OpenAndHear(server, e), out status);
        }
        while (status != "HTTP/1.1 200 OK");        // the server sees within two events that the first page is closed
        done.Trigger();
    }

    /// <summary>Gets the status line of a stream, and closes it.</summary>
    [Tamed] private static partial void OpenAndHear(Server server, Event<string?> status);

    private static void OpenAndHearBody(Server server, Event<string?> status)
    {
        twait(e => Open(server, Ask, e), out LineClient page);
        using var owned = page;
        twait(e => page.Hear(e), out string? line);
        status.Trigger(line);
    }

    [Tamed] private static partial void Open(Server server, string request, Event<LineClient> opened);

    private static void OpenBody(Server server, string request, Event<LineClient> opened)
    {
        twait(e => LineClient.Connect(new IPEndPoint(IPAddress.Loopback, server.Address.Port), e), out LineClient client);
        if (request.Length != 0)
            twait(e => client.Say(request, e));
        opened.Trigger(client);
    }

    /// <summary>Gets the next event of the stream.</summary>
    [Tamed] private static partial void HearNumbers(LineClient page, Event<Numbers> heard);

    private static void HearNumbersBody(LineClient page, Event<Numbers> heard)
    {
        string? line;
        do
            twait(e => page.Hear(e), out line);
        while (line?.StartsWith("data: ", StringComparison.Ordinal) == false);
        heard.Trigger(Numbers.Parse(line ?? throw new EndOfStreamException("The stream has ended.")));
    }
}

public sealed class KnotLiveTests() : LiveTests(Site.Knot);

public sealed class HaboobLiveTests() : LiveTests(Site.Haboob);
