namespace Tame.Language.Tests.Hazards;

/// <summary>Local functions that stand in odd places.</summary>
public sealed partial class PlaceTests
{
    [Fact]
    public void Functions_may_stand_in_sections_after_labels_and_in_handlers() =>
        Assert.Equal("5 6 13 13 14 15 16 True True 20 21", Trace.Of(Places));

    [Tamed] private static partial void Places(Trace trace, Event done);

    private static void PlacesBody(Trace trace, Event done)
    {
        // local functions in odd places
        var n = 0;
        switch (n)
        {
            case 0:
                int sec = 5;
                using (twait()) asap(mkevent());
                trace.Add(InSection());
                int InSection() => sec + n;
                Func<int> g = InSection;
                sec++;
                trace.Add(g());
                break;
        }

        if (n == 0)
        {
            int q = 3;
            int NoWait() => q + n;
            trace.Add(NoWait() + Moved());
            Func<int> nw = NoWait;
            trace.Add(nw());
        }

        {
            int q = 4;
        label:
            int Labeled() => q + n;
            using (twait()) asap(mkevent());
            trace.Add(Labeled());
            Func<int> lf = Labeled;
            if (q++ < 5) goto label;
            trace.Add(lf());
        }

        try
        {
            Thrower();
        }
        catch (Exception ex) when (Check(ex))
        {
            using (twait()) asap(mkevent());
            trace.Add(Check(ex));
            bool Inner() => Check(ex);
            Func<bool> fi = Inner;
            trace.Add(fi());
        }
        finally
        {
            int z = 9;
            using (twait()) asap(mkevent());
            Func<int> fz = Zed;
            z++;
            trace.Add(fz());
            int Zed() => z + n;
        }

        n++;
        Action act = Moved2;
        act();
        done.Trigger();
        int Moved()
        {
            n += 10;
            return n;
        }

        void Moved2()
        {
            Moved();
            trace.Add(n);
        }

        bool Check(Exception e) => e.Message.Length + n > 0;
        void Thrower() => throw new InvalidOperationException("x");
    }
}
