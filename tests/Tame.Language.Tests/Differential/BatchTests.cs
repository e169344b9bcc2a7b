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
}
