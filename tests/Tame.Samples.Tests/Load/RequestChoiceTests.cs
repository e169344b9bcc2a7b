using System.Net;
using System.Text;
using Tame.Load;

namespace Tame.Samples.Tests.LoadGenerator;

/// <summary>Which requests clients take.</summary>
public sealed class RequestChoiceTests
{
    private static readonly byte[][] s_requests = [.. "abcd".Select(letter => new[] { (byte)letter })];

    [Fact]
    public void Requests_are_taken_as_often_as_their_weights_say()
    {
        var choice = new RequestChoice(s_requests, [6, 0, 3, 1]);
        var random = new Random(1);
        var taken = Enumerable.Range(0, 10_000).CountBy(_ => (char)choice.Take(random)[0]).ToDictionary();
        Assert.InRange(taken['a'], 5800, 6200);
        Assert.False(taken.ContainsKey('b'));
        Assert.InRange(taken['c'], 2800, 3200);
        Assert.InRange(taken['d'], 900, 1100);
    }

    [Fact]
    public void Without_weights_all_are_taken_equally_often()
    {
        var choice = new RequestChoice(s_requests, null);
        var random = new Random(1);
        Assert.All(Enumerable.Range(0, 10_000).CountBy(_ => choice.Take(random)[0]), taken => Assert.InRange(taken.Value, 2300, 2700));
    }

    [Theory]
    [InlineData(0.0, 'b')]
    [InlineData(0.5, 'd')]
    public void A_number_at_a_bound_takes_the_next_request_that_has_a_weight(double number, char expected) =>
        Assert.Equal(expected, (char)new RequestChoice(s_requests, [0, 1, 0, 1]).Take(new Fixed(number))[0]);

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(1.0, -1.0, 1.0, 1.0)]
    [InlineData(0.0, 0.0, 0.0, 0.0)]
    [InlineData(1.0, double.NaN, 1.0, 1.0)]
    public void Weights_that_do_not_fit_are_refused(params double[] weights) => Assert.Throws<ArgumentException>(() => new RequestChoice(s_requests, weights));

    [Fact]
    public void A_line_of_a_list_is_a_path_and_may_have_a_weight()
    {
        Assert.Equal(("/a b", 1), RequestChoice.Parse("/a b"));
        Assert.Equal(("/a", 0.25), RequestChoice.Parse("/a\t0.25"));
        Assert.Equal("often is no weight, in the line of /a", Assert.Throws<FormatException>(() => RequestChoice.Parse("/a\toften")).Message);
    }

    /// <summary>The numbers below came from another process: a seed says the same in each.</summary>
    [Fact]
    public void The_same_seed_asks_for_the_same_in_every_process()
    {
        var server = new SlowServer(_ => TimeSpan.Zero);
        var options = new LoadOptions
        {
            Server = new IPEndPoint(IPAddress.Loopback, 8080),
            Requests = [.. "abcdefgh".Select(letter => Encoding.ASCII.GetBytes($"GET /{letter} HTTP/1.1\r\n\r\n"))],
            Clients = 2,
            Rate = 10,
            WarmUp = TimeSpan.Zero,
            Duration = TimeSpan.FromSeconds(1),
            Seed = 7,
        };
        LoadInMemory.Run(server.Serve, options);
        Assert.Equal("hdcedaeggc", string.Concat(server.Asked.Select(line => line[5])));
    }

    private sealed class Fixed(double number) : Random
    {
        public override double NextDouble() => number;
    }
}
