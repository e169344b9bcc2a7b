using System.Net;
using CsCheck;
using MultiDns;

namespace Tame.Samples.Tests.MultiDns;

public sealed class ListingsTests
{
    private static readonly string[] s_names = ["3", "1", "4", "1", "5", "9", "2", "6"];

    [Fact]
    public void One_at_a_time_keeps_one_lookup_in_flight()
    {
        var run = Look(s_names, Listings.MultiDns);

        Assert.Equal(1, run.Peak);
        Assert.Equal(TimeSpan.FromSeconds(3 + 1 + 4 + 1 + 5 + 9 + 2 + 6), run.Elapsed);
        Assert.Equal(s_names.Select(Address), run.Addresses);
    }

    [Fact]
    public void All_at_once_keeps_all_lookups_in_flight()
    {
        var run = Look(s_names, Listings.MultiDnsParallel);

        Assert.Equal(s_names.Length, run.Peak);
        Assert.Equal(TimeSpan.FromSeconds(9), run.Elapsed);
        Assert.Equal(s_names.Select(Address), run.Addresses);
    }

    [Theory]
    [InlineData(1, 31)]
    [InlineData(3, 12)]         // the 9 begins at 3, when the 3 has ended
    [InlineData(8, 9)]
    [InlineData(100, 9)]
    public void A_window_keeps_so_many_lookups_in_flight(int window, int seconds)
    {
        var run = Look(s_names, Windowed(window));

        Assert.Equal(Math.Min(window, s_names.Length), run.Peak);
        Assert.Equal(TimeSpan.FromSeconds(seconds), run.Elapsed);
        Assert.Equal(s_names.Select(Address), run.Addresses);
    }

    [Fact]
    public void Any_window_over_any_names_agrees_with_the_model() =>
        Gen.Select(Gen.Int[0, 9].Array[0, 20], Gen.Int[1, 6]).Sample((seconds, window) =>
        {
            string[] names = [.. seconds.Select(s => $"{s}")];
            var run = Look(names, Windowed(window));
            Assert.InRange(run.Peak, 0, window);
            Assert.Equal(Model(names, window), run.Elapsed.TotalSeconds);
            Assert.Equal(names.Select(Address), run.Addresses);
        }, iter: 200, threads: 1);

    [Fact]
    public void Without_names_every_form_is_done_at_once()
    {
        foreach (var form in (Form[])[Listings.MultiDns, Listings.MultiDnsParallel, Windowed(2)])
            Assert.Equal((0, TimeSpan.Zero), (Look([], form).Peak, Look([], form).Elapsed));
    }

    private delegate void Form(string[] names, IPAddress?[] addrs, GetHost getHost, Event done);

    private static Form Windowed(int window) => (names, addrs, getHost, done) => Listings.MultiDnsWindowed(names, addrs, window, getHost, done);

    private static IPAddress? Address(string name) => IPAddress.Parse($"10.0.0.{name}");

    /// <summary>When a queue of so many servers is through with its jobs.</summary>
    private static double Model(string[] names, int window)
    {
        var free = new PriorityQueue<int, int>(Enumerable.Repeat((0, 0), window));
        int end = 0;
        foreach (var name in names)
        {
            int ends = free.Dequeue() + (name[0] - '0');
            free.Enqueue(ends, ends);
            end = Math.Max(end, ends);
        }
        return end;
    }

    private static (IPAddress?[] Addresses, int Peak, TimeSpan Elapsed) Look(string[] names, Form form)
    {
        var addresses = new IPAddress?[names.Length];
        var lookups = new Lookups(FakeResolver.GetHost, TimeSpan.FromHours(1));
        var elapsed = VirtualTime.Run(done => form(names, addresses, lookups.GetHost, done));
        Assert.Equal(0, lookups.InFlight);
        return (addresses, lookups.Peak, elapsed);
    }
}
