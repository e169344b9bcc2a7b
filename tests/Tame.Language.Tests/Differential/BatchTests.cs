namespace Tame.Language.Tests.Differential;

/// <summary>The comparison itself: what it lets pass, and that it sees each kind of fault.</summary>
public sealed class BatchTests
{
    private const string Good = """
        public partial class Program
        {
            [Tamed] public static partial void Main(World t, Event done);
            private static void MainBody(World t, Event done)
            {
                int x = 0; var a = new int[3]; var ps = new Pair[2]; var box = new Box<int>(); Pair p = default; int i = 0;
                var r = new Rendezvous<int>();
                while (t.Go() && x < 3)
                {
                    try
                    {
                        using (twait())
                        {
                            t.Later(2, 5, mkevent(out a[i++]));
                            t.Later(1, 6, mkevent(out ps[1].A));
                            t.Later(0, 7, mkevent(out box.Value));
                            t.Later(3, 8, mkevent(out p.A));
                            t.Later(1, 9, mkevent(out int v));
                            t.Add(1, x++);
                        }
                        t.Add(2, (a[0], a[1], ps[1], box, p));
                        t.Later(1, mkevent(r, x));
                        twait(r, out int id);
                        t.Add(3, id);
                        t.Fail(1, 3, mkevent(r, 4));
                        twait(r, out id, error: out Exception? e);
                        t.Add(4, e);
                        if (x == 2) using (twait()) Other(t, 5, mkevent(out i));
                    }
                    catch (ProgramException e) when (t.Get(5, true))
                    {
                        t.Add(6, e);
                    }
                    finally
                    {
                        t.Add(7);
                    }
                }
                done.Trigger();
            }

            [Tamed] private static partial void Other(World t, int n, Event<int> done);
            private static void OtherBody(World t, int n, Event<int> done)
            {
                using (twait()) t.Later(1, mkevent());
                t.Throw(n);
                done.Trigger(1);
            }
        }
        """;

    [Fact]
    public void Both_sides_of_a_program_are_run_and_compared()
    {
        var verdict = Batch.Compare(Good);
        Assert.True(verdict.Outcome == Outcome.Same, verdict.ToString());
        Assert.StartsWith("1:0 2:(5, 0, 6/, <7>, 8/) 3:1 4:e3 7 1:1", verdict.Tamed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lock (t) { using (twait()) asap(mkevent()); }", nameof(Outcome.Invalid), "CS1996")]
    [InlineData("int x; t.Add(1, x);", nameof(Outcome.Invalid), "CS0165")]
    [InlineData("using (twait()) { mkevent().Trigger(); return; }", nameof(Outcome.Refused), "TAME026")]
    [InlineData("while (true) t.Add(1);", nameof(Outcome.Invalid), "the await side runs for ever")]
    public void What_cannot_be_compared_says_why(string body, string outcome, string reason)
    {
        var verdict = Batch.Compare(InMain(body));
        Assert.Equal(outcome, verdict.Outcome.ToString());
        Assert.StartsWith(reason, verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_cannot_be_compared_leaves_the_others_alone()
    {
        var verdicts = Batch.Compare([Good, InMain("int x; t.Add(1, x);"), InMain("using (twait()) { mkevent().Trigger(); return; }"), Good]);
        Assert.Equal([Outcome.Same, Outcome.Invalid, Outcome.Refused, Outcome.Same], verdicts.Select(verdict => verdict.Outcome));
    }

    [Fact]
    public void Generated_code_that_does_not_compile_is_seen()
    {
        var verdict = Batch.Compare(Good, text => text.Replace("__c.EnterBlock()", "__c.EnterBlok()"));
        Assert.Equal(Outcome.Miscompiled, verdict.Outcome);
        Assert.StartsWith("CS1061", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tamed_side_that_runs_for_ever_is_a_difference()
    {
        var verdicts = Batch.Compare([InMain("using (twait()) mkevent().Trigger(); t.Add(1);"), Good], text => text.Replace("__c.t.Add(1);", "while (true) __c.t.Add(1);"));
        Assert.Equal([Outcome.Differs, Outcome.Same], verdicts.Select(verdict => verdict.Outcome));
        Assert.EndsWith("for ever", verdicts[0].Tamed, StringComparison.Ordinal);
    }

    private static string InMain(string body) => $$"""
        public partial class Program
        {
            [Tamed] public static partial void Main(World t, Event done);
            private static void MainBody(World t, Event done) { {{body}} }
        }
        """;
}
