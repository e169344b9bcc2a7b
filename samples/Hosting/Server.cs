using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tame.Hosting;

namespace Words;

/// <summary>Counts words on the event loop of a host.</summary>
public static partial class Server
{
    #region host
    public static async Task RunAsync(TextWriter output)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(output);
        builder.Services.AddEventLoops(1, Serve).ConfigureEventLoops(builder.Configuration.GetSection("EventLoops"));
        using var host = builder.Build();
        await host.StartAsync();
        var loops = host.Services.GetRequiredService<EventLoopGroup>();
        int words = await loops.InvokeAsync<int>(count => Count("events can make sense", count));
        await output.WriteLineAsync($"{words} words");
        await host.StopAsync();
    }

    [Tamed] public static partial void Serve(EventLoopContext context, Event done);

    private static void ServeBody(EventLoopContext context, Event done)
    {
        var output = context.Services.GetRequiredService<TextWriter>();
        output.WriteLine($"{context.Loop.Name} takes calls");
        twait(e => context.Stopping(e));
        output.WriteLine("the host stops");
        twait(e => timer(TimeSpan.FromMilliseconds(10), e));        // finish the work in progress
        output.WriteLine("nothing is left");
        done.Trigger();
    }

    [Tamed] private static partial void Count(string text, Event<int> words);

    private static void CountBody(string text, Event<int> words)
    {
        twait(e => timer(TimeSpan.FromMilliseconds(1), e));
        words.Trigger(text.Split(' ').Length);
    }
    #endregion
}
