using System.Diagnostics;
using System.Net.Sockets;
using Knot;

namespace Tame.Samples.Tests.Knot;

public abstract class ServerTests(Site site)
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void A_silent_client_is_cut_off()
    {
        using var knot = new KnotUnderTest(site, o => o with { IdleLimit = s_short });
        using var client = knot.Connect();
        var watch = Stopwatch.StartNew();

        Assert.True(client.IsAtEnd());
        Assert.InRange(watch.Elapsed, s_short - TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_client_that_falls_silent_after_a_request_is_cut_off()
    {
        using var knot = new KnotUnderTest(site, o => o with { IdleLimit = s_short });
        using var client = knot.Connect();

        Assert.Equal(404, client.Get("/none").Status);
        Assert.True(client.IsAtEnd());
    }

    [Fact]
    public async Task A_request_that_trickles_in_is_cut_off_with_408()
    {
        using var knot = new KnotUnderTest(site, o => o with { HeadLimit = s_short * 2 });
        using var client = knot.Connect();
        using var stop = new CancellationTokenSource();
        var drip = Task.Run(async () =>
        {
            try
            {
                client.Send("GET / HTTP/1.1\r\nX: ");
                while (!stop.IsCancellationRequested)
                {
                    client.Send("x");
                    await Task.Delay(20);
                }
            }
            catch (SocketException)
            {
                // The server has closed.
            }
        }, TestContext.Current.CancellationToken);

        var answer = client.Read();
        await stop.CancelAsync();
        await drip;
        Assert.Equal(408, answer.Status);
        Assert.True(answer.Closes);
    }

    [Fact]
    public void A_request_in_time_is_answered_however_many_idle_limits_pass_in_all()
    {
        using var knot = new KnotUnderTest(site, o => o with { IdleLimit = TimeSpan.FromMilliseconds(600), HeadLimit = TimeSpan.FromMilliseconds(600) });
        using var client = knot.Connect();
        for (int i = 0; i < 5; i++)
        {
            Thread.Sleep(200);
            Assert.Equal(404, client.Get("/none").Status);
        }
    }

    [Fact]
    public void A_client_that_reads_nothing_is_cut_off()
    {
        using var knot = new KnotUnderTest(site, o => o with { StallLimit = s_short });
        knot.Root.Write("large.bin", new byte[20 << 20]);
        using var client = new Client(knot.Port, receiveBuffer: 4096);
        client.Send("GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n");

        KnotUnderTest.Eventually(() => knot.Server.Stats is { Opened: 1, Active: 0 }, "the connection is closed");
    }

    [Theory]
    [InlineData(5 << 20)]       // cached whole
    [InlineData(20 << 20)]      // too large for the cache: sent from disk in pieces
    public void A_slow_reader_gets_every_byte_of_a_large_file(int size)
    {
        using var knot = new KnotUnderTest(site, o => o with { StallLimit = TimeSpan.FromSeconds(5) });
        byte[] bytes = new byte[size];
        new Random(1).NextBytes(bytes);
        knot.Root.Write("large.bin", bytes);
        using var client = new Client(knot.Port, receiveBuffer: 4096);
        client.Send("GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
        for (int i = 0; i < 10; i++)
        {
            client.Receive(1_000);
            Thread.Sleep(20);
        }

        Assert.True(bytes.AsSpan().SequenceEqual(client.Read().Body));
        Assert.Equal(404, client.Get("/none").Status);
    }

    [Fact]
    public void A_changed_file_is_served_anew()
    {
        using var knot = new KnotUnderTest(site);
        knot.Root.Write("a.txt", "old");
        using var client = knot.Connect();

        Assert.Equal("old", client.Get("/a.txt").Text);
        Assert.Equal("old", client.Get("/a.txt").Text);
        knot.Root.Write("a.txt", "newer");
        Assert.Equal("newer", client.Get("/a.txt").Text);
        File.Delete(Path.Join(knot.Root.Path, "a.txt"));
        Assert.Equal(404, client.Get("/a.txt").Status);
        Assert.Equal(1, knot.Server.Stats.CacheHits);
    }

    [Fact]
    public void The_cache_stays_within_its_bounds_and_every_file_is_served_all_the_same()
    {
        using var knot = new KnotUnderTest(site, o => o with { CacheBytes = 100_000 });
        for (int i = 0; i < 50; i++)
            knot.Root.Write($"{i}.txt", new string((char)('a' + (i % 26)), 10_000));
        using var client = knot.Connect();
        for (int i = 0; i < 100; i++)
            Assert.Equal(new string((char)('a' + (i % 50 % 26)), 10_000), client.Get($"/{i % 50}.txt").Text);

        Assert.InRange(knot.Server.Cache.Bytes, 80_000, 100_000);
    }

    [Fact]
    public void Clients_that_break_off_in_the_middle_leave_nothing_behind()
    {
        using var knot = new KnotUnderTest(site);
        knot.Root.Write("large.bin", new byte[4 << 20]);
        for (int i = 0; i < 60; i++)
        {
            using var client = knot.Connect();
            client.Send((i % 3) switch
            {
                0 => "GET /lar",
                1 => "GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n",
                _ => "GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\nGET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n",
            });
            if (i % 3 != 0)
                client.Receive();
            client.Abort();
        }

        KnotUnderTest.Eventually(() => knot.Server.Stats is { Opened: 60, Active: 0 }, "all connections are closed");
        using var good = knot.Connect();
        Assert.Equal(404, good.Get("/none").Status);
    }

    [Fact]
    public void Two_hundred_clients_at_once_are_all_served()
    {
        using var knot = new KnotUnderTest(site);
        knot.Root.Write("a.txt", "hello");
        var clients = Enumerable.Range(0, 200).Select(_ => knot.Connect()).ToList();
        for (int round = 0; round < 3; round++)
        {
            foreach (var client in clients)
                client.Send("GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n");
            foreach (var client in clients)
                Assert.Equal("hello", client.Read().Text);
        }

        Assert.Equal((200, 200), (knot.Server.Stats.Opened, knot.Server.Stats.Active));
        clients.ForEach(client => client.Dispose());
        KnotUnderTest.Eventually(() => knot.Server.Stats.Active == 0, "all connections are closed");
    }

    [Fact]
    public void Bad_clients_do_not_disturb_good_ones()
    {
        using var knot = new KnotUnderTest(site, o => o with { HeadLimit = s_short, StallLimit = s_short });
        knot.Root.Write("a.txt", "hello");
        knot.Root.Write("large.bin", new byte[20 << 20]);
        using var good = knot.Connect();
        string[] bad = ["\0\0\0\0", "GET /a.txt HT", "GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n", "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n"];
        for (int i = 0; i < 100; i++)
        {
            var client = new Client(knot.Port, receiveBuffer: 4096);
            client.Send(bad[i % bad.Length]);
            if (i % 2 == 0)
                client.Abort();
            Assert.Equal("hello", good.Get("/a.txt").Text);
        }
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_refused_and_the_connection_goes_on()
    {
        Assert.SkipUnless(File.Exists("/sys/bus/cpu/drivers_probe"), "This needs a file that even the administrator cannot read, as Linux has in /sys.");
        using var knot = new KnotUnderTest(site, o => o with { Root = "/sys/bus/cpu" });
        using var client = knot.Connect();

        Assert.Equal(403, client.Get("/drivers_probe").Status); // It can only be written.
        Assert.Equal(404, client.Get("/none").Status);
    }

    [Fact]
    public void Traffic_is_reported_and_silence_is_not()
    {
        using var knot = new KnotUnderTest(site, o => o with { StatsInterval = s_short });
        using var client = knot.Connect();
        client.Get("/none");
        client.Get("/none");

        KnotUnderTest.Eventually(() => knot.Output.Contains("requests/s, 1 opened, 1 active, 0.0% cache hits"), "a line is printed");
        Thread.Sleep(s_short * 4);
        int lines = knot.Output.Split('\n').Length;
        Thread.Sleep(s_short * 4);
        Assert.Equal(lines, knot.Output.Split('\n').Length);

        client.Get("/none");
        KnotUnderTest.Eventually(() => knot.Output.Split('\n').Length > lines, "traffic is reported again");
    }

    [Fact]
    public void Stopping_closes_the_connections_and_frees_the_port()
    {
        var knot = new KnotUnderTest(site);
        using var idle = knot.Connect();
        Assert.Equal(404, idle.Get("/none").Status);
        int port = knot.Port;
        knot.Dispose();

        Assert.True(idle.IsAtEnd());
        Assert.Equal(port, KnotUnderTest.ListenOn(port));
    }

    [Fact]
    public async Task Stopping_in_the_middle_of_traffic_is_clean()
    {
        for (int round = 0; round < 10; round++)
        {
            var knot = new KnotUnderTest(site);
            int port = knot.Port;
            var traffic = Enumerable.Range(0, 4).Select(_ => Task.Run(() => HammerUntilGone(port), TestContext.Current.CancellationToken)).ToArray();
            KnotUnderTest.Eventually(() => knot.Server.Stats.Requests > 20, "there is traffic");
            knot.Dispose();
            await Task.WhenAll(traffic);
        }
    }

    private static void HammerUntilGone(int port)
    {
        try
        {
            while (true)
            {
                using var client = new Client(port);
                client.Get("/none");
            }
        }
        catch (Exception e) when (e is SocketException or EndOfStreamException)
        {
            // The server has stopped.
        }
    }

    [Fact]
    public void A_port_in_use_is_an_error_at_once()
    {
        using var knot = new KnotUnderTest(site);
        var error = Assert.Throws<SocketException>(() => KnotUnderTest.ListenOn(knot.Port));
        Assert.Equal(SocketError.AddressAlreadyInUse, error.SocketErrorCode);
    }
}

public sealed class KnotServerTests() : ServerTests(Site.Knot);

public sealed class HaboobServerTests() : ServerTests(Site.Haboob);
