using System.Globalization;
using Haboob;
using Tame.Samples.Tests.Knot;

namespace Tame.Samples.Tests.Haboob;

/// <summary>The page that costs, and the requests for it that are refused.</summary>
public sealed class BottleneckTests
{
    [Fact]
    public void The_page_tells_the_hash_of_what_it_filled()
    {
        using var haboob = Serve(o => o with { Work = 2 });
        using var client = haboob.Connect();
        var answer = client.Get("/bottleneck");

        Assert.Equal((200, "no-store"), (answer.Status, Client.Field(answer.Head, "Cache-Control")));
        Assert.Contains("The hash of 2 MB is 09d403023ca75a3d491e7590fccdd54542afa606a1b4208da507ba2e196c37a3", answer.Text);
        Assert.Equal(404, client.Get("/none").Status);
        Assert.Equal(405, client.Send("POST /bottleneck HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").Read().Status);
    }

    [Fact]
    public void Requests_above_the_rate_are_refused_at_once_and_told_when_to_come_again()
    {
        using var haboob = Serve(o => o with { Target = TimeSpan.FromMilliseconds(1), Work = 4 });
        using var client = haboob.Connect();
        var answers = Enumerable.Range(0, 400).Select(_ => client.Get("/bottleneck")).ToList();
        var refused = answers.Where(answer => answer.Status == 503).ToList();

        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.InRange(int.Parse(Client.Field(answer.Head, "Retry-After")!, CultureInfo.InvariantCulture), 1, 3600));
        Assert.All(refused, answer => Assert.False(answer.Closes));
        Assert.Contains(answers, answer => answer.Status == 200);
        Assert.Equal(404, client.Get("/none").Status);     // what does not cost is served
    }

    [Fact]
    public void A_full_queue_refuses_too()
    {
        using var haboob = Serve(o => o with { MaxWaiting = 1, Target = TimeSpan.FromMinutes(1), Work = 64 });
        var clients = Enumerable.Range(0, 8).Select(_ => haboob.Connect()).ToList();
        clients.ForEach(client => client.Send("GET /bottleneck HTTP/1.1\r\nHost: a\r\n\r\n"));
        int[] statuses = [.. clients.Select(client => client.Read().Status).Order()];

        Assert.Equal(200, statuses[0]);
        Assert.Equal(503, statuses[^1]);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public void Without_control_every_request_is_served()
    {
        using var haboob = Serve(o => o with { IsControlled = false, MaxWaiting = 1, Target = TimeSpan.FromMilliseconds(1), Work = 8 });
        var clients = Enumerable.Range(0, 20).Select(_ => haboob.Connect()).ToList();
        clients.ForEach(client => client.Send("GET /bottleneck HTTP/1.1\r\nHost: a\r\n\r\n"));

        Assert.All(clients, client => Assert.Equal(200, client.Read().Status));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public void While_the_bottleneck_works_files_are_served()
    {
        using var haboob = Serve(o => o with { Work = 512 });
        haboob.Root.Write("a.txt", "hello");
        using var slow = haboob.Connect();
        using var quick = haboob.Connect();
        slow.Send("GET /bottleneck HTTP/1.1\r\nHost: a\r\n\r\n");
        for (int i = 0; i < 20; i++)
            Assert.Equal("hello", quick.Get("/a.txt").Text);

        // A request counts once its answer is sent. The bottleneck has not answered.
        KnotUnderTest.Eventually(() => haboob.Server.Stats.Requests == 20, "twenty requests have an answer");
        Assert.Equal(21, haboob.Server.Stats.Requests + 1);
        Assert.Equal(200, slow.Read().Status);
    }

    [Fact]
    public void Stopping_answers_what_is_under_way()
    {
        var haboob = Serve(o => o with { Work = 32, Target = TimeSpan.FromMinutes(1) });
        var clients = Enumerable.Range(0, 5).Select(_ => haboob.Connect()).ToList();
        Assert.All(clients, client => Assert.Equal(404, client.Get("/none").Status));
        clients.ForEach(client => client.Send("GET /bottleneck HTTP/1.1\r\nHost: a\r\n\r\n"));
        Thread.Sleep(100);      // the requests are read
        haboob.Dispose();

        Assert.All(clients, client => Assert.Equal(200, client.Read().Status));
        Assert.All(clients, client => Assert.True(client.IsAtEnd()));
        clients.ForEach(client => client.Dispose());
    }

    private static KnotUnderTest Serve(Func<HaboobOptions, HaboobOptions> change) =>
        new((site, output) => new StagedServer(change(new HaboobOptions { Site = site }), output));
}
