using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tame.AspNetCore;

namespace Tame.Dashboards.Tests.Serving;

/// <summary>The page in an ASP.NET Core application.</summary>
public sealed class EndpointTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_page_its_stream_and_its_refusals_come_through_an_application(bool keepsHandlers)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Tame.AspNetCore needs Linux.");
        await using var app = Build(builder => builder.WebHost.UseTame(options => options.KeepHandlersOnLoop = keepsHandlers), out _);
        app.MapTame("/tame", options: new DashboardOptions { Title = "Shop" });
        using var client = await Start(app);

        string page = await client.GetStringAsync("/tame", Token);
        Assert.Contains("<h1>Shop</h1>", page, StringComparison.Ordinal);
        Assert.Equal("text/css", (await client.GetAsync("/tame/dashboard.css", Token)).Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/tame/nothing", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync("/tame/profile?to=on", null, Token)).StatusCode);
        Assert.Contains("frame-ancestors 'none'", (await client.GetAsync("/tame/", Token)).Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("event: counts", await ReadStream(client), StringComparison.Ordinal);
        await app.StopAsync(Token).WaitAsync(s_limit, Token);
    }

    [Fact]
    public async Task The_address_of_the_page_ends_with_a_slash_also_below_a_path_base()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Tame.AspNetCore needs Linux.");
        await using var app = Build(builder => builder.WebHost.UseTame(), out _);
        app.UsePathBase("/inner");
        app.UseRouting();
        app.MapTame("/tame/");
        using var client = await Start(app);
        var answer = await client.GetAsync("/inner/tame", Token);
        Assert.Equal("/inner/tame/", answer.RequestMessage?.RequestUri?.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Without_a_loop_the_answer_says_what_to_do()
    {
        await using var app = Build(_ => { }, out _);
        app.MapTame("/tame");
        using var client = await Start(app);
        var answer = await client.GetAsync("/tame", Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("MapTame", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_that_stops_ends_the_streams()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Tame.AspNetCore needs Linux.");
        await using var app = Build(builder => builder.WebHost.UseTame(), out var log);
        app.MapTame("/tame");
        using var client = await Start(app);
        using var answer = await client.GetAsync("/tame/live?view=a", HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        Assert.Equal("event: past", await reader.ReadLineAsync(Token));
        await app.StopAsync(Token).WaitAsync(s_limit, Token);
        await reader.ReadToEndAsync(Token).WaitAsync(s_limit, Token);
        Assert.Matches("The dashboard at /tame accepts changes with the token [0-9a-f]{32}", Assert.Single(log.Lines, line => line.Contains("dashboard", StringComparison.Ordinal)));
    }

    private static async Task<string> ReadStream(HttpClient client)
    {
        using var answer = await client.GetAsync("/tame/live?view=a", HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        string all = "";
        while (!all.Contains("event: counts", StringComparison.Ordinal))
            all += await reader.ReadLineAsync(Token).AsTask().WaitAsync(s_limit, Token) + "\n";
        return all;
    }

    private static WebApplication Build(Action<WebApplicationBuilder> configure, out CollectingLog log)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        log = new CollectingLog();
        builder.Logging.ClearProviders().AddProvider(log);
        configure(builder);
        return builder.Build();
    }

    private static async Task<HttpClient> Start(WebApplication app)
    {
        await app.StartAsync(Token);
        return new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    private sealed class CollectingLog : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = [];

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Enqueue(formatter(state, exception));

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
