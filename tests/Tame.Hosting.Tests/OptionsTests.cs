using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tame.Hosting.Tests;

public sealed class OptionsTests
{
    [Fact]
    public async Task A_section_of_the_configuration_sets_every_option()
    {
        await using var host = Hosted.Make(
            services => services.AddEventLoops(1),
            ("count", "3"), ("Name", "orders"), ("DrainTimeout", "00:00:03"), ("ExitTimeout", "0:0:4"), ("SlowTurn", "Infinite"), ("AnswerTimeout", "00:00:00.250"), ("LostEvents", "off"), ("TraceCalls", "true"));
        var options = host.Services.GetRequiredService<IOptions<EventLoopHostingOptions>>().Value;
        Assert.Equal((3, "orders", LostEventDetection.Off, true), (options.Count, options.Name, options.LostEvents, options.TraceCalls));
        Assert.Equal(
            (TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan, TimeSpan.FromMilliseconds(250)),
            (options.DrainTimeout, options.ExitTimeout, options.SlowTurn, options.AnswerTimeout));
        await host.StartAsync();
        Assert.Equal(["orders 1", "orders 2", "orders 3"], host.Group.Select(loop => loop.Name));
    }

    [Fact]
    public async Task Without_a_configuration_the_defaults_hold()
    {
        await using var host = Hosted.Make(services => services.AddEventLoops(2));
        var options = host.Services.GetRequiredService<IOptions<EventLoopHostingOptions>>().Value;
        Assert.Equal((2, "hosted", LostEventDetection.WhenIdle, false), (options.Count, options.Name, options.LostEvents, options.TraceCalls));
        Assert.Equal(
            (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1)),
            (options.DrainTimeout, options.ExitTimeout, options.SlowTurn, options.AnswerTimeout));
    }

    [Fact]
    public async Task Entries_that_are_wrong_fail_the_start_and_are_all_named()
    {
        await using var host = Hosted.Make(services => services.AddEventLoops(1), ("Count", "many"), ("ExitTimout", "00:00:05"), ("DrainTimeout", "soon"), ("LostEvents", "Sometimes"), ("TraceCalls", "perhaps"));
        var error = await Assert.ThrowsAsync<OptionsValidationException>(host.StartAsync);
        Assert.Equal(
            [
                "The configuration has 'many' for EventLoops:Count. Write a whole number.",
                "The configuration has 'soon' for EventLoops:DrainTimeout. Write a time, such as 00:00:05 or 00:00:00.250, or Infinite.",
                "The configuration has EventLoops:ExitTimout, which is not an option. The options are Count, Name, DrainTimeout, ExitTimeout, SlowTurn, AnswerTimeout, LostEvents, TraceCalls.",
                "The configuration has 'Sometimes' for EventLoops:LostEvents. Write one of WhenIdle, Off, Aggressive.",
                "The configuration has 'perhaps' for EventLoops:TraceCalls. Write true or false.",
            ],
            error.Failures);
    }

    [Fact]
    public async Task Values_out_of_range_fail_the_start_and_are_all_named()
    {
        await using var host = Hosted.Make(services => services.AddEventLoops(0).Configure<EventLoopHostingOptions>(options =>
        {
            options.Name = " ";
            options.LostEvents = (LostEventDetection)9;
            options.DrainTimeout = TimeSpan.FromSeconds(-1);
            options.ExitTimeout = TimeSpan.FromDays(50);
            options.SlowTurn = options.AnswerTimeout = TimeSpan.Zero;
        }));
        var error = await Assert.ThrowsAsync<OptionsValidationException>(host.StartAsync);
        Assert.Equal(
            [
                "EventLoopHostingOptions.Count is 0. It must be from 1 to 1024.",
                "EventLoopHostingOptions.Name is empty. It must be the beginning of the names of loops and threads.",
                "EventLoopHostingOptions.LostEvents is 9. It must be one of WhenIdle, Off, Aggressive.",
                "EventLoopHostingOptions.DrainTimeout is -00:00:01. It must be zero or longer and at most 49 days, or infinite (-00:00:00.0010000).",
                "EventLoopHostingOptions.ExitTimeout is 50.00:00:00. It must be zero or longer and at most 49 days, or infinite (-00:00:00.0010000).",
                "EventLoopHostingOptions.SlowTurn is 00:00:00. It must be longer than zero and at most 49 days, or infinite (-00:00:00.0010000).",
                "EventLoopHostingOptions.AnswerTimeout is 00:00:00. It must be longer than zero and at most 49 days, or infinite (-00:00:00.0010000).",
            ],
            error.Failures);
    }

    [Fact]
    public async Task Zero_and_infinite_times_are_taken_where_they_make_sense()
    {
        await using var host = Hosted.Make(services => services.AddEventLoops(1), ("DrainTimeout", "0"), ("ExitTimeout", "Infinite"), ("SlowTurn", "Infinite"), ("AnswerTimeout", "Infinite"));
        await host.StartAsync();
        Assert.Single(host.Group);
    }

    [Fact]
    public async Task The_options_of_each_loop_may_be_made_in_code()
    {
        await using var host = Hosted.Make(services => services.AddEventLoops(2).Configure<EventLoopHostingOptions>(options =>
            options.LoopOptions = index => new EventLoopOptions { Name = $"shard {(char)('a' + index)}" }));
        await host.StartAsync();
        Assert.Equal(["shard a", "shard b"], host.Group.Select(loop => loop.Name));
    }

    [Fact]
    public async Task Options_that_no_loop_can_have_fail_the_start_and_leave_no_loop()
    {
        EventLoop? first = null;
        await using var host = Hosted.Make(services => services.AddEventLoops(2, (context, _) => first = context.Loop).Configure<EventLoopHostingOptions>(options =>
            options.LoopOptions = index => new EventLoopOptions { VirtualTime = index == 1 }));
        Assert.Contains("cannot have virtual time", (await Assert.ThrowsAsync<ArgumentException>(host.StartAsync)).Message, StringComparison.Ordinal);
        Assert.Null(first);
        Assert.Equal([1, 9], host.Log.Debug.Select(entry => entry.Id).Where(id => id != 4));
    }
}
