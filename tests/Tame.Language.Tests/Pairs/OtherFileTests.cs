namespace Tame.Language.Tests.Pairs;

/// <summary>Declarations whose bodies stand in another file, with that file's usings.</summary>
public sealed partial class OtherFileTests
{
    [Fact]
    public void A_body_means_what_its_own_file_says() => Assert.Equal("3 [a, b, c]", Trace.Of(Join));

    [Tamed] private static partial void Join(Trace trace, Event done);

    [Fact]
    public void What_escapes_a_body_fails_events_of_every_arity()
    {
        var errors = new List<string>();
        EventLoop.Run(done => Collect(errors, done), new EventLoopOptions { VirtualTime = true });
        Assert.Equal(["late", "late", "late", "late", "late"], errors);
    }

    [Tamed] private static partial void Collect(List<string> errors, Event done);

    [Tamed] private static partial void FailAll(Event a, Event<int> b, Event<int, string> c, Event<int, string, long> d, Event<int, string, long, object> e);
}
