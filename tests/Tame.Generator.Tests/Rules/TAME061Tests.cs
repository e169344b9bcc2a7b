using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME061Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME061");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'done' is already complete when this runs (line 6 completes it), so this does nothing; remove it, or return after line 6"],
        await s_rule.Reports("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            done.Trigger();
            if (n > 3) [|done.Trigger()|];
        }
        """));

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            if (n > 3) done.Trigger();
            else done.Fail(new System.Exception());
            [|done.Unblock()|];
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            try
            {
                done.Trigger();
                Use(n);
            }
            catch (System.Exception e)
            {
                [|done.Fail(e)|];
            }
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event<int> done);
        private static void ActBody(int n, Event<int> done)
        {
            done.Trigger(n > 3 ? 1 : 2);
            using (twait()) asap(mkevent());
            [|done.Trigger(n)|];
        }
        """)]
    [InlineData("""
        using (twait())
        {
            var e = mkevent();
            e.Trigger();
            [|e.Trigger()|];
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            done.Trigger();
            try
            {
                Use(n);
            }
            finally
            {
                [|done.Unblock()|];
            }
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            if (n > 3)
            {
                done.Trigger();
                return;
            }

            done.Trigger();
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            if (n > 3) done.Trigger();
            if (n <= 3) done.Trigger();
            asap(done);
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            done.Trigger();
            Use(done.Trigger());
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            try
            {
                Use(n);
                done.Trigger();
            }
            catch (System.Exception e)
            {
                done.Fail(e);
            }
        }
        """)]
    [InlineData("""
        for (int i = 0; i < n; i++)
        {
            using (twait())
            {
                var e = mkevent();
                e.Trigger();
                e = mkevent();
                e.Trigger();
            }
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(int n, Event done);
        private static void ActBody(int n, Event done)
        {
            try
            {
                Use(n);
                done.Trigger();
            }
            finally
            {
                done.Unblock();
            }
        }
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(Event done);
        private static void ActBody(Event done)
        {
            done.Trigger();
            Renew(ref done);
            done.Trigger();
        }
        private static void Renew(ref Event e) => e = Event.Detached;
        """)]
    [InlineData("""
        [Tamed] public static partial void Act(Event done);
        private static void ActBody(Event done)
        {
            done.Trigger();
            Renew(out done);
            done.Trigger();
        }
        private static void Renew(out Event e) => e = Event.Detached;
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);

    /// <summary>A dynamic condition may change between two uses: TAME065 suggests a return there, but it is not certain that the second completion does nothing.</summary>
    [Theory]
    [InlineData("bool flag = n > 3;", "flag")]
    [InlineData("int flag = n;", "flag < 3")]
    [InlineData("object flag = box;", "(bool)flag")]
    public async Task A_dynamic_condition_may_have_another_value_later(string variable, string condition)
    {
        Assert.Equal(["TAME061"], await Reported(variable));
        Assert.Equal(["TAME065", "TAME065"], await Reported("dynamic flag = box;"));

        async Task<IEnumerable<string>> Reported(string declaration) =>
            (await Compiled.Analyze(Compiled.Compilation(Stage.Set($"{declaration} if ({condition}) done.Trigger(); flag.GetHashCode(); if ({condition}) done.Trigger(); else")))).Select(diagnostic => diagnostic.Id);
    }
}
