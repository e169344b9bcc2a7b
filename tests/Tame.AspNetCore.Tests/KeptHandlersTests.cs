using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tame.AspNetCore.Tests.Requests;

namespace Tame.AspNetCore.Tests;

/// <summary>Handlers that stay on the loop.</summary>
public sealed partial class KeptHandlersTests
{
    private int _unguarded;

    [Theory]
    [InlineData("1.1", false)]
    [InlineData("1.1", true)]
    [InlineData("2.0", false)]
    [InlineData("2.0", true)]
    public async Task A_handler_begins_on_the_loop_and_its_awaits_come_back_there(string version, bool isSecure)
    {
        TestServer.SkipWhereMissing(Transport.TameKeepingHandlers);
        await using var server = await TestServer.Start(
            Transport.TameKeepingHandlers,
            async context =>
            {
                var loop = context.Features.Get<IConnectionLoopFeature>()!.EventLoop;
                var places = new List<bool> { EventLoop.Current == loop };
                await Task.Delay(1, context.RequestAborted);
                places.Add(EventLoop.Current == loop);
                using var reader = new StreamReader(context.Request.Body);
                string text = await reader.ReadToEndAsync(context.RequestAborted);
                places.Add(EventLoop.Current == loop);
                await Task.Run(() => places.Add(EventLoop.Current is null));
                places.Add(EventLoop.Current == loop);
                await context.Response.WriteAsync($"{text} {string.Join(' ', places)}", context.RequestAborted);
            },
            RequestTests.Listen(version, isSecure));
        using var client = server.Client(new Version(version));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            using var response = await client.PostAsync("/", new StringContent($"{number}"));
            return await response.Content.ReadAsStringAsync();
        })).Ends();

        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"{number} True True True True True"), answers);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Handlers_share_data_without_a_lock(string version)
    {
        const int Requests = 60;
        const int Steps = 40;
        TestServer.SkipWhereMissing(Transport.TameKeepingHandlers);
        await using var server = await TestServer.Start(
            Transport.TameKeepingHandlers,
            async context =>
            {
                for (int i = 0; i < Steps; i++)
                {
                    int before = _unguarded;
                    Thread.SpinWait(20);
                    _unguarded = before + 1;
                    await Task.Yield();
                }
                await context.Response.WriteAsync("done");
            },
            RequestTests.Listen(version, isSecure: false));
        using var client = server.Client(new Version(version));

        await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => client.GetStringAsync("/"))).Ends();

        Assert.Equal(Requests * Steps, _unguarded);
    }

    [Fact]
    public async Task A_handler_calls_tamed_code()
    {
        TestServer.SkipWhereMissing(Transport.TameKeepingHandlers);
        await using var server = await TestServer.Start(Transport.TameKeepingHandlers, async context =>
        {
            var done = new TaskCompletionSource<int>();
            Add(20, 22, done);
            await context.Response.WriteAsync($"{await done.Task}");
        });
        using var client = server.Client();

        Assert.Equal("42", await client.GetStringAsync("/"));
    }

    [Theory]
    [InlineData(Transport.Tame)]
    [InlineData(Transport.TameKeepingHandlers)]
    public async Task A_handler_that_fails_answers_500_and_the_loop_goes_on(Transport transport)
    {
        TestServer.SkipWhereMissing(transport);
        await using var server = await TestServer.Start(transport, async context =>
        {
            if (context.Request.Path == "/bad")
            {
                await Task.Yield();
                throw new InvalidOperationException("bad");
            }
            await context.Response.WriteAsync("good");
        });
        using var client = server.Client();

        using var bad = await client.GetAsync("/bad");

        Assert.Equal(HttpStatusCode.InternalServerError, bad.StatusCode);
        Assert.Equal("good", await client.GetStringAsync("/"));
    }

    [Fact]
    public async Task Without_the_option_no_synchronization_context_is_current_in_a_handler()
    {
        TestServer.SkipWhereMissing(Transport.Tame);
        await using var server = await TestServer.Start(Transport.Tame, context => context.Response.WriteAsync($"{SynchronizationContext.Current is null}"));
        using var client = server.Client();

        for (int i = 0; i < 5; i++)
            Assert.Equal("True", await client.GetStringAsync("/"));
    }

    [Tamed] private static partial void Add(int left, int right, TaskCompletionSource<int> sum);

    private static void AddBody(int left, int right, TaskCompletionSource<int> sum)
    {
        twait(e => timer(TimeSpan.FromMilliseconds(1), e));
        sum.SetResult(left + right);
    }
}
