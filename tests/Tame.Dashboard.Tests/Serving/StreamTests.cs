using System.Globalization;
using System.Text.RegularExpressions;
using Tame.IO;

namespace Tame.Dashboards.Tests.Serving;

/// <summary>The stream of events that an open page reads.</summary>
public sealed partial class StreamTests
{
    private readonly MadeUpFigures _figures = new();

    [Fact]
    public void A_page_gets_the_past_then_figures_the_drawing_and_its_numbers()
    {
        string stream = Read(TimeSpan.FromSeconds(1.2));
        Assert.Equal(["past", "figures", "graph", "counts", "figures", "counts"], Names(stream));
        Assert.Contains("Content-Type: text/event-stream\r\n", stream, StringComparison.Ordinal);
        Assert.Contains("\"ready\":4,", stream, StringComparison.Ordinal);
        Assert.Contains("\"blocked\":6,", stream, StringComparison.Ordinal);
        Assert.Contains("\"profile\":\"sampled\"", stream, StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_are_those_of_the_graph()
    {
        string stream = Read(TimeSpan.FromSeconds(0.7));
        string counts = Data(stream, "counts").Single();
        Assert.Equal([0, 3, 0, 0, 3, 0], Nodes().Matches(counts.Split("\"edges\"")[0]).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_stage_is_in_the_drawing_with_the_length_of_its_queue()
    {
        _figures.Queues = [MadeUpStages.Stage(1, "send", 40)];
        string stream = Read(TimeSpan.FromSeconds(2.7), second => _figures.Queues = [MadeUpStages.Stage(1, "send", 40 + second)]);
        Assert.Equal(1, Count(Data(stream, "graph").Single(), "class=\"node stage\""));
        Assert.Equal(["40", "41"], Data(stream, "counts").Select(counts => Nodes().Matches(counts.Split("\"edges\"")[0]).Last().Groups[1].Value).Distinct());
    }

    [Fact]
    public void The_drawing_is_sent_again_only_when_it_has_changed()
    {
        string stream = Read(TimeSpan.FromSeconds(3.2), second => _figures.Now = MadeUp.Methods(second < 2 ? 2 : 3, blocked: second));
        Assert.Equal(2, Data(stream, "graph").Count());
        Assert.Equal(6, Data(stream, "counts").Count());
    }

    [Fact]
    public void Methods_are_opened_by_their_numbers()
    {
        _figures.Now = MadeUp.Methods(60);
        string closed = Data(Read(TimeSpan.FromSeconds(0.7)), "graph").Single();
        Assert.Equal(60, Count(closed, "class=\"node method\""));
        string method = Method().Match(closed).Groups[1].Value;
        string open = Data(Read(TimeSpan.FromSeconds(0.7), query: $"&open={method},x,-1"), "graph").Single();
        Assert.Equal((59, 1, 1, 1), (Count(open, "class=\"node method\""), Count(open, "class=\"node entry\""), Count(open, "class=\"node wait\""), Count(open, "class=\"node end\"")));
    }

    [Fact]
    public void Without_a_page_the_graph_is_not_asked_for_and_the_past_is_kept()
    {
        string past = "";
        Pages.Run(_figures, (server, done) => ReadLate(server, text => past = text, done));
        Assert.Equal(1200, Regex.Count(Data(past, "past").Single().Split("\"ready\"")[0], "[0-9]{10,}"));
    }

    [Fact]
    public void A_page_that_does_not_read_skips_frames_and_gets_the_newest()
    {
        _figures.Now = MadeUp.Methods(50);
        string stream = "";
        Pages.Run(_figures, (server, done) => Stall(server, text => stream = text, done));
        var times = Data(stream, "figures").Select(data => long.Parse(Time().Match(data).Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        var gaps = times.Zip(times.Skip(1), (first, second) => second - first).ToList();
        // It stalled for twenty seconds, forty frames: a few were in buffers, and the others were never made.
        Assert.InRange(gaps.Max(), 15_000, 21_000);
        Assert.InRange(times.Count, 3, 20);
        Assert.InRange(times[^1] - times[0], 20_000, 23_000);
    }

    [Fact]
    public void Further_pages_are_refused_until_one_is_closed()
    {
        var statuses = new List<string>();
        Pages.Run(_figures, (server, done) => OpenThree(server, statuses, done), new DashboardOptions { Output = null, MaxViewers = 2 });
        Assert.Equal(["200", "200", "503", "200"], statuses);
    }

    [Fact]
    public void A_panel_shows_the_calls_that_wait_now()
    {
        _figures.Calls = [.. Enumerable.Range(0, 3).Select(i => new BlockedCall("Shop.Desk0.Serve", "Shop.cs", 11, TimeSpan.FromSeconds(9 - i))), new BlockedCall("Other.M", "Shop.cs", 11, TimeSpan.FromSeconds(1))];
        var panels = new List<string>();
        Pages.Run(_figures, (server, done) => Panels(server, panels, done));
        Assert.Contains("<h3 class=\"waiting\">3 calls wait here</h3>", panels[0], StringComparison.Ordinal);
        Assert.Contains("<dt>stretches seen</dt><dd>1</dd>", panels[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Disposing_a_dashboard_ends_its_streams_and_the_run_ends() => Pages.Run(_figures, DisposeWhileRead);

    [Fact]
    public void A_real_loop_shows_its_own_waiting_calls()
    {
        string stream = "";
        EventLoop.Run(
            done => Follow(Dashboard.Start(EventLoop.Current!, 0, new DashboardOptions { Output = null }), "/live?view=a", "event: counts", text => stream = text, done),
            // A dashboard samples a loop whose profile is off. It leaves one alone that TAME_PROFILE has switched on.
            new EventLoopOptions { VirtualTime = true, Network = new MemoryNetwork(), Profile = ProfileMode.Off });
        Assert.Contains("Pages.Receive", stream, StringComparison.Ordinal);
        Assert.Contains("HttpConnection.AnswerAll", stream, StringComparison.Ordinal);
        Assert.DoesNotContain("Site.Read", stream, StringComparison.Ordinal);
        Assert.DoesNotContain("DashboardServer.Serve", stream, StringComparison.Ordinal);
        Assert.Contains("\"profile\":\"sampled\"", stream, StringComparison.Ordinal);
    }

    private string Read(TimeSpan time, Action<int>? eachSecond = null, string query = "")
    {
        string stream = "";
        Pages.Run(_figures, (server, done) => ReadFor(server, new Reading($"/live?view=a{query}", time, eachSecond, text => stream = text), done));
        return stream;
    }

    private sealed record Reading(string Target, TimeSpan Time, Action<int>? EachSecond, Action<string> Take);

    [Tamed] private static partial void ReadFor(DashboardServer server, Reading reading, Event done);

    private static void ReadForBody(DashboardServer server, Reading reading, Event done)
    {
        twait(e => Pages.Send(server, Pages.Get(reading.Target), e), out Connection connection);
        using var closing = connection;
        string text;
        using (twait())
        {
            Pages.Receive(connection, "\0", mkevent(out text));
            End(server, reading, mkevent());
        }
        reading.Take(text);
        done.Trigger();
    }

    [Tamed] private static partial void End(DashboardServer server, Reading reading, Event done);

    private static void EndBody(DashboardServer server, Reading reading, Event done)
    {
        int seconds = 0;
        for (; seconds + 1 <= reading.Time.TotalSeconds && reading.EachSecond is not null; seconds++)
        {
            reading.EachSecond(seconds);
            twait(e => timer(TimeSpan.FromSeconds(1), e));
        }
        twait(e => timer(reading.Time - TimeSpan.FromSeconds(seconds), e));
        server.Dispose();
        done.Trigger();
    }

    [Tamed] private static partial void Follow(DashboardServer server, string target, string until, Action<string> take, Event done);

    private static void FollowBody(DashboardServer server, string target, string until, Action<string> take, Event done)
    {
        twait(e => Pages.Send(server, Pages.Get(target), e), out Connection connection);
        using var closing = connection;
        twait(e => Pages.Receive(connection, until, e), out string text);
        take(text);
        done.Trigger();
    }

    [Tamed] private partial void ReadLate(DashboardServer server, Action<string> take, Event done);

    private void ReadLateBody(DashboardServer server, Action<string> take, Event done)
    {
        twait(e => timer(TimeSpan.FromMinutes(30), e));
        Assert.Equal(0, _figures.Graphs);
        twait(e => Follow(server, "/live?view=a", "event: counts", take, e));
        Assert.Equal(1, _figures.Graphs);
        done.Trigger();
    }

    [Tamed] private static partial void Stall(DashboardServer server, Action<string> take, Event done);

    private static void StallBody(DashboardServer server, Action<string> take, Event done)
    {
        twait(e => Pages.Send(server, Pages.Get("/live?view=a"), e), out Connection connection);
        using var closing = connection;
        twait(e => timer(TimeSpan.FromSeconds(20), e));
        string text;
        using (twait())
        {
            Pages.Receive(connection, "\0", mkevent(out text));
            End(server, new Reading("", TimeSpan.FromSeconds(2), null, _ => { }), mkevent());
        }
        take(text);
        done.Trigger();
    }

    [Tamed] private static partial void OpenThree(DashboardServer server, List<string> statuses, Event done);

    private static void OpenThreeBody(DashboardServer server, List<string> statuses, Event done)
    {
        var open = new List<Connection>();
        for (int i = 0; i < 4; i++)
        {
            if (i == 3)
            {
                open[0].Abort();
                // The stream notices at its next frame.
                twait(e => timer(TimeSpan.FromSeconds(2), e));
            }
            twait(e => Pages.Send(server, Pages.Get($"/live?view={i}"), e), out Connection connection);
            open.Add(connection);
            twait(e => Pages.Receive(connection, "\r\n", e), out string answer);
            statuses.Add(answer.Split(' ')[1]);
        }
        open.ForEach(connection => connection.Dispose());
        done.Trigger();
    }

    [Tamed] private static partial void Panels(DashboardServer server, List<string> panels, Event done);

    private static void PanelsBody(DashboardServer server, List<string> panels, Event done)
    {
        twait(e => Pages.Send(server, Pages.Get("/live?view=a"), e), out Connection live);
        using var closing = live;
        twait(e => Pages.Receive(live, "event: counts", e), out string stream);
        string wait = Wait().Match(stream).Groups[1].Value, edge = Edge().Match(stream).Groups[1].Value;
        twait(e => Follow(server, $"/panel?view=a&node={wait}", "\0", panels.Add, e));
        twait(e => Follow(server, $"/panel?view=a&edge={edge}", "\0", panels.Add, e));
        done.Trigger();
    }

    [Tamed] private static partial void DisposeWhileRead(DashboardServer server, Event done);

    private static void DisposeWhileReadBody(DashboardServer server, Event done)
    {
        twait(e => Pages.Send(server, Pages.Get("/live?view=a"), e), out Connection connection);
        using var closing = connection;
        twait(e => Pages.Receive(connection, "event: counts", e), out string _);
        server.Dispose();
        twait(e => Pages.Receive(connection, "\0", e.WithTimeout(TimeSpan.FromSeconds(5))), out string _);
        done.Trigger();
    }

    private static List<string> Names(string stream) => [.. Name().Matches(stream).Select(match => match.Groups[1].Value)];

    private static IEnumerable<string> Data(string stream, string name) =>
        stream.Split("\n\n").Where(part => part.Contains($"event: {name}\n", StringComparison.Ordinal)).Select(part => part[part.IndexOf("data: ", StringComparison.Ordinal)..]);

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("^event: (.*)$", RegexOptions.Multiline)]
    private static partial Regex Name();

    [GeneratedRegex("\\[[0-9]+,([0-9]+),")]
    private static partial Regex Nodes();

    [GeneratedRegex("data-method=\"([0-9]+)\"")]
    private static partial Regex Method();

    [GeneratedRegex("\"time\":([0-9]+)")]
    private static partial Regex Time();

    [GeneratedRegex("class=\"node wait\" data-id=\"([0-9]+)\"")]
    private static partial Regex Wait();

    [GeneratedRegex("class=\"edge continue\" data-id=\"([0-9]+)\"")]
    private static partial Regex Edge();
}
