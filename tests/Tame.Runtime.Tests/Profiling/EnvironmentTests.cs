namespace Tame.Runtime.Tests.Profiling;

/// <summary>TAME_PROFILE, which a process reads once.</summary>
public sealed class EnvironmentTests
{
    [Fact]
    public void The_environment_says_how_loops_begin_whose_options_do_not()
    {
        if (Child.Role is null)
        {
            var (exitCode, output) = Child.Run(typeof(EnvironmentTests), "profile", first: "export TAME_PROFILE=sampled");
            Assert.True(exitCode == 0, output);
            return;
        }
        using var loop = new EventLoop();
        Assert.Equal(ProfileMode.Sampled, loop.ProfileMode);
        using var other = new EventLoop(new EventLoopOptions { Profile = ProfileMode.Off });
        Assert.Equal(ProfileMode.Off, other.ProfileMode);
    }
}
