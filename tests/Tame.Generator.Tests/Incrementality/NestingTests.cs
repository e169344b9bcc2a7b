namespace Tame.Generator.Tests.Incrementality;

/// <summary>Which methods may nest depends on all of them. A method is printed again only if this changes for it.</summary>
public sealed class NestingTests
{
    private static readonly string[] s_files =
    [
        """
        internal static partial class Sample
        {
            [Tamed] private static partial void First(Event done);
            private static void FirstBody(Event done) { using (twait()) Second(mkevent()); done.Trigger(); }

            [Tamed] private static partial void Second(Event done);
            private static void SecondBody(Event done) { using (twait()) asap(mkevent()); done.Trigger(); }

            [Tamed] private static partial void Third(Event done);
            private static void ThirdBody(Event done) { using (twait()) asap(mkevent()); Console.WriteLine(3); done.Trigger(); }
        }
        """,
        """
        internal static class Elsewhere
        {
            internal static int Number() => 3;
        }
        """,
    ];

    [Theory]
    [InlineData("Console.WriteLine(3)", "Console.WriteLine(4)", 1)]
    [InlineData("Number() => 3", "Number() => 4", 0)]
    [InlineData("Number() => 3", "Number() => Unknown()", 0)]
    public void What_changes_no_call_prints_that_method_alone(string old, string @new, int printed)
    {
        var pipeline = Pipeline.RunTwice(s_files, old, @new);
        Assert.Equal((printed, 3 - printed), (pipeline.Changed(TrackingNames.Emitted), pipeline.Kept(TrackingNames.Emitted)));
        Assert.Equal(0, pipeline.Changed(TrackingNames.Nesting));
    }

    [Fact]
    public void A_call_that_closes_a_cycle_prints_all_on_it()
    {
        var pipeline = Pipeline.RunTwice(s_files, "SecondBody(Event done) { using (twait()) asap(mkevent());", "SecondBody(Event done) { using (twait()) First(mkevent());");
        Assert.Equal((1, 2), (pipeline.Changed(TrackingNames.Lowered), pipeline.Kept(TrackingNames.Lowered)));
        Assert.Equal((2, 1), (pipeline.Changed(TrackingNames.Emitted), pipeline.Kept(TrackingNames.Emitted)));
        Assert.Equal(2, pipeline.Sources().Count(source => source.Contains("StartOrDefer", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_mention_in_untamed_code_prints_the_method_that_other_code_can_call_now()
    {
        var pipeline = Pipeline.RunTwice(s_files, "Number() => 3", "Number() { Sample.Third(default); return 3; }");
        Assert.Equal(0, pipeline.Changed(TrackingNames.Lowered));
        Assert.Equal((1, 2), (pipeline.Changed(TrackingNames.Emitted), pipeline.Kept(TrackingNames.Emitted)));
    }
}
