namespace Tame.Generator.Tests.Incrementality;

/// <summary>The cost of a keystroke: only what it changes is lowered and printed again. Each edit that must not matter has a counterpart that must.</summary>
public sealed class CachingTests
{
    private static readonly string[] s_files =
    [
        """
        public static partial class Sample
        {
            [Tamed] public static partial void First(Event<int> done);

            private static void FirstBody(Event<int> done)
            {
                int first = 1;
                using (twait()) asap(mkevent());
                done.Trigger(first);
            }

            private static int Plain() => 10;

            [Tamed] public static partial void Second(Event<int> done);

            private static void SecondBody(Event<int> done)
            {
                int second = 2;
                using (twait()) asap(mkevent());
                done.Trigger(second);
            }
        }

        internal sealed class Unrelated;
        """,
        """
        internal static class Elsewhere
        {
            internal static int Number => 3;
        }
        """,
    ];

    [Theory]
    [InlineData("Number => 3", "Number => 4")]
    [InlineData("internal static int Number => 3;", "")]
    [InlineData("class Elsewhere", "class Nowhere")]
    [InlineData("Number => 3;", "Number => 3; // a comment")]
    public void Editing_another_file_lowers_nothing(string old, string @new) => AssertLowered(0, old, @new);

    [Theory]
    [InlineData("Plain() => 10", "Plain() => 11")]
    [InlineData("class Unrelated", "class Renamed")]
    [InlineData("Plain() => 10;", "Plain() => 10; // a comment")]
    [InlineData("First(Event<int> done);", "First(Event<int> done = default);")]
    public void Editing_the_same_file_outside_both_bodies_lowers_nothing(string old, string @new) => AssertLowered(0, old, @new);

    [Theory]
    [InlineData("int first = 1;", "int first = 2;")]
    [InlineData("int second = 2;", "long second = 2;")]
    [InlineData("int second = 2;", "int second = 2; // a comment, which is copied")]
    [InlineData("done.Trigger(first)", "done.Fail(new TimeoutException())")]
    [InlineData("public static partial void First", "internal static partial void First")]
    public void Editing_one_of_two_bodies_lowers_that_one(string old, string @new) => AssertLowered(1, old, @new);

    [Fact]
    public void A_line_more_between_two_bodies_lowers_the_one_below() => AssertLowered(1, "Plain() => 10;", "Plain() =>\n        10;");

    [Fact]
    public void A_using_more_lowers_both() => AssertLowered(2, "public static partial class Sample", "using X = System.Int32; public static partial class Sample");

    [Fact]
    public void Breaking_one_of_two_bodies_lowers_that_one() => AssertLowered(1, "int first = 1;", "int first = ;");

    [Fact]
    public void An_error_of_ours_removes_one_and_leaves_the_other()
    {
        var pipeline = Pipeline.RunTwice(s_files, "int first = 1;", "int first = 1; return; twait();");
        Assert.Equal((0, 1), (pipeline.Changed(TrackingNames.Emitted), pipeline.Kept(TrackingNames.Emitted)));
    }

    private static void AssertLowered(int expected, string old, string @new)
    {
        var pipeline = Pipeline.RunTwice(s_files, old, @new);
        foreach (var step in new[] { TrackingNames.Bound, TrackingNames.Lowered, TrackingNames.Emitted })
            Assert.Equal((step, expected, 2 - expected), (step, pipeline.Changed(step), pipeline.Kept(step)));
    }
}
