namespace Tame.Language.Tests.Hazards;

/// <summary>Names that siblings share, and names that generated code would like for itself.</summary>
public sealed partial class NameTests
{
    [Fact]
    public void One_name_may_stand_for_everything_in_turn() =>
        Assert.Equal("1.5 5 5 3 6 0 c m 2 4 2 st 9 2", Trace.Of(Siblings));

    [Tamed] private static partial void Siblings(Trace trace, Event done);

    private static void SiblingsBody(Trace trace, Event done)
    {
        // query shadow/rename, sibling names and types with lambdas
        var all = new List<Func<object>>();
        {
            int x = 1;
            using (twait()) asap(mkevent());
            all.Add(() => x);
            x++;
        }

        {
            string x = "s";
            using (twait()) asap(mkevent());
            all.Add(() => x);
            x += "t";
        }

        {
            double x = 1.5;
            using (twait()) asap(mkevent());
            trace.Add(x);
        }

        {
            int x = 4;
            using (twait()) asap(mkevent());
            x++;
            trace.Add(x);
        }

        {
            var q = from x in new[] { 1, 2 } select x + 1;
            using (twait()) asap(mkevent());
            trace.Add(q.Sum());
        }

        {
            Func<int, int> x = y => y;
            using (twait()) asap(mkevent());
            trace.Add(x(3));
        }

        {
            int x() => 6;
            using (twait()) asap(mkevent());
            trace.Add(x());
        }

        {
            int y = 8;
            int x() => y;
            all.Add(() => x());
            using (twait()) asap(mkevent());
            y++;
        }

        for (int x = 0, y = 1; x < 1; x++)
        {
            using (twait()) asap(mkevent());
            all.Add(() => x + y);
        }

        for (long x = 0; x < 1; x++)
        {
            using (twait()) asap(mkevent());
            trace.Add(x);
        }

        foreach (var x in "c")
        {
            using (twait()) asap(mkevent());
            trace.Add(x);
        }

        try
        {
            throw new InvalidOperationException("m");
        }
        catch (Exception x)
        {
            using (twait()) asap(mkevent());
            trace.Add(x.Message);
        }

        if (all[0]() is int x2 && x2 > 0)
        {
            object x = x2;
            using (twait()) asap(mkevent());
            trace.Add(x);
        }

        switch (all.Count)
        {
            case var x:
                using (twait()) asap(mkevent());
                trace.Add(x);
                break;
        }

        goto x;
    x:
        foreach (var f in all) trace.Add(f());
        done.Trigger();
    }

    [Fact]
    public void The_names_of_generated_code_are_free() => Assert.Equal("True 66 165 14 1 8", Trace.Of(Ours));

    [Tamed] private static partial void Ours(Trace trace, Event done);

    private static void OursBody(Trace trace, Event done)
    {
        int __c = 1, __1 = 2, __at = 3, __scope1 = 4, __self = 5, example = 6, scope1 = 7, __try1 = 8, __caught = 9, __thrown1 = 10, __exit1 = 11, __value = 12, __id1 = 13, __example1 = 14, __type = 15, target = 16, index0 = 17, place = 18, slot = 19, __foreach1_end = 20, __items1 = 21;
        var all = new List<Func<int>>();
        var anon = new { __c, example };
        int[] cell = [0];
        try
        {
            foreach (var __enumerator1 in new[] { 1 })
            {
                using (twait()) asap(mkevent());
                all.Add(() => __c + __scope1 + scope1 + __enumerator1 + anon.__c);
                if (__1 == 2) throw new InvalidOperationException();
            }
        }
        catch (Exception __caught1) when (__caught1 is Exception __x && __x is not null)
        {
            using (twait()) asap(mkevent());
            trace.Add(__caught1.Message.Length > 0);
            goto __2;
        }
        finally
        {
            using (twait()) asap(mkevent());
            trace.Add(__c + __1 + __at + __scope1 + __self + example + scope1 + __try1 + __caught + __thrown1 + __exit1);
        }

        trace.Add("never");
    __2:
        trace.Add(__value + __id1 + __example1 + __type + target + index0 + place + slot + __foreach1_end + __items1);
        foreach (var f in all) trace.Add(f());
        int Fn(int scope1, int self)
        {
            all.Add(() => scope1 + self + __self);
            return scope1;
        }

        trace.Add(Fn(1, 2));
        trace.Add(all[^1]());
        done.Trigger();
    }
}
