#pragma warning disable xUnit1051 // nothing here is cancelled
namespace Tame.Runtime.Tests.Profiling;

/// <summary>The switch of a loop's profile, and which threads may use it.</summary>
public sealed class ProfileTests
{
    [Fact]
    public void The_options_say_how_it_begins()
    {
        using var loop = new EventLoop(new EventLoopOptions { Profile = ProfileMode.Sampled });
        Assert.Equal(ProfileMode.Sampled, loop.ProfileMode);
        loop.Profile(ProfileMode.Off);
        Assert.Equal(ProfileMode.Off, loop.ProfileMode);
    }

    [Theory]
    [InlineData(ProfileMode.Sampled)]
    [InlineData(ProfileMode.On)]
    public async Task The_options_say_how_a_guest_begins(ProfileMode mode)
    {
        await using var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool, new EventLoopOptions { Profile = mode });
        var (seen, stretches) = (ProfileMode.Off, 0L);
        await loop.InvokeAsync(done => Call.Blocks(
            done,
            call => Primitives.asap(call.Make(1)),
            _ => (seen, stretches) = (loop.ProfileMode, loop.BlockingGraph.Edges.Sum(edge => edge.Count)))).WaitAsync(Loops.Hang);
        Assert.Equal(mode, seen);
        Assert.NotEqual(0, stretches);
    }

    [Fact]
    public void A_mode_that_does_not_exist_is_refused()
    {
        using var loop = new EventLoop();
        Assert.Throws<ArgumentOutOfRangeException>("mode", () => loop.Profile((ProfileMode)3));
    }

    [Fact]
    public void Times_of_samples_have_limits()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventLoopOptions { ProfileSample = TimeSpan.FromTicks(9_999) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventLoopOptions { ProfileSample = TimeSpan.FromDays(1) + TimeSpan.FromTicks(1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventLoopOptions { ProfilePause = TimeSpan.Zero });
    }

    [Fact]
    public void Another_thread_may_not_use_it()
    {
        using var loop = new EventLoop();
        Action[] uses = [() => loop.Profile(ProfileMode.On), () => _ = loop.ProfileMode, () => _ = loop.BlockingGraph];
        Exception?[] errors = [];
        var thread = new Thread(() => errors = [.. uses.Select(Record.Exception)]);
        thread.Start();
        thread.Join();
        Assert.Equal(3, errors.Length);
        Assert.All(errors, error => Assert.StartsWith("This event loop belongs to ", Assert.IsType<InvalidOperationException>(error).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_graph_of_an_ended_loop_can_be_read()
    {
        EventLoop loop = null!;
        EventLoop.Run(
            done =>
            {
                loop = EventLoop.Current!;
                Call.Blocks(done, c => Primitives.asap(c.Make(line: 1)));
            },
            new EventLoopOptions { Profile = ProfileMode.On });
        Assert.Equal([(0, 1), (1, -1)], loop.BlockingGraph.Edges.Select(edge => (edge.From.State, edge.To.State)));
    }
}
