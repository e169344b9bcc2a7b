using Tame.Testing;

namespace HelloNamespace.Tests;

public sealed partial class GreetTests
{
    // TestLoop runs a tamed method on an event loop in virtual time: the clock jumps to the next timer when nothing else can happen. So the hour takes no time.
    [Fact]
    public void A_greeting_comes_after_its_delay() => TestLoop.Run(GreetInAnHour);

    [Tamed]
    private static partial void GreetInAnHour(Event done);

    private static void GreetInAnHourBody(Event done)
    {
        // EndsWithin asserts that the event triggers within that time. A test that waits for something that can never happen fails at once.
        var hour = TimeSpan.FromHours(1);
        twait(e => Program.Greet("Ada", hour, e.EndsWithin(hour)), out string greeting);
        Assert.Equal("Hello, Ada.", greeting);
        Assert.Equal(hour, TestLoop.Elapsed);
        done.Trigger();
    }
}
