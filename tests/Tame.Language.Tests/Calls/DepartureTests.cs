namespace Tame.Language.Tests.Calls;

/// <summary>What a call that began on the stack gives to its closure: what it needs there, under any name, and for no longer than it needs it.</summary>
public sealed partial class DepartureTests
{
    [Theory]
    [InlineData("x", "1 x x x x x")]
    [InlineData("long enough", "waits 11 long enough long enough long enough long enough long enough")]
    public void Names_of_the_entry_are_in_nobodys_way(string text, string expected) => Assert.Equal(expected, Trace.Of((trace, done) => Named(trace, text, done)));

    [Tamed] private static partial void Named(Trace trace, object text, Event done);

    private static void NamedBody(Trace trace, object text, Event done)
    {
        if (text is not string caller || text is not string body || text is not string error || text is not string c || text is not string at) throw new InvalidOperationException("no text");
        int wait = body.Length;
        if (wait > 3)
        {
            trace.Add("waits");
            using (twait()) asap(mkevent());
        }

        trace.Add(wait);
        foreach (var each in new[] { caller, body, error, c, at }) trace.Add(each);
        done.Trigger();
    }

    [Theory]
    [InlineData(1, false, "0")]
    [InlineData(8, false, "4 waits 4")]
    [InlineData(1, true, "early 0")]
    [InlineData(8, true, "early 4 waits 4")]
    public void A_local_is_handed_over_only_to_where_the_call_departs(int number, bool waits, string expected) =>
        Assert.Equal(expected, Trace.Of((trace, done) => Handed(trace, number, waits, done)));

    [Tamed] private static partial void Handed(Trace trace, int number, bool waits, Event done);

    private static void HandedBody(Trace trace, int number, bool waits, Event done)
    {
        if (waits)
        {
            trace.Add("early");
            using (twait()) asap(mkevent());
        }

        var (half, name) = (number / 2, "waits");
        trace.Add(half);
        if (half > 1)
        {
            int same;
            trace.Add(name);
            using (twait()) PrologueTests.Give(half, mkevent(out same));
            trace.Add(same);
        }

        done.Trigger();
    }

    [Theory]
    [InlineData("both")]
    [InlineData("second")]
    public void What_was_handed_over_is_let_go_at_once(string departure) => Assert.Equal("False", Trace.Of((trace, done) => Holding(trace, departure, done)));

    [Tamed] private static partial void Holding(Trace trace, string departure, Event done);

    private static void HoldingBody(Trace trace, string departure, Event done)
    {
        var held = new object();
        var seen = new WeakReference(held);
        if (departure == "both")
        {
            GC.KeepAlive(held);
            using (twait()) asap(mkevent());
        }

        if (departure.Length > 3)
        {
            using (twait()) asap(mkevent());
            GC.Collect();
            trace.Add(seen.IsAlive);
        }

        done.Trigger();
    }
}
