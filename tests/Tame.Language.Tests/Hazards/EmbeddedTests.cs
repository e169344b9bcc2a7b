namespace Tame.Language.Tests.Hazards;

/// <summary>Statements without braces that declare variables, one in another.</summary>
public sealed partial class EmbeddedTests
{
    [Fact]
    public void Statements_without_braces_have_scopes_of_their_own() =>
        Assert.Equal("10 104 11 10 10 10 6 7 9 9 18 13 99 5 4 -2147483648 10 104 11 11 11 11 6 7 9 9 19 14 99 5 5 -2147483648", Trace.Of(Statements));

    [Tamed] private static partial void Statements(Trace trace, Event done);

    private static void StatementsBody(Trace trace, Event done)
    {
        var all = new List<Func<int>>();
        object o = 5;
        for (var i = 0; i < 2; i++)
            if (o is int k && k + i is var m && Keep(all, () => m + k))
                if (m > 5)
                    using (twait()) asap(mkevent());
                else
                    foreach (var c in "ab")
                        if (c is 'a' && int.TryParse("7", out var seven))
                        {
                            all.Add(() => seven + c);
                            using (twait()) asap(mkevent());
                        }

        while (all.Count < 6 && all[0]() is var first)
            if (first > 0)
            {
                using (twait()) asap(mkevent());
                all.Add(() => first++);
            }
            else
                break;

        do
            if (all.Count is var cnt && cnt > 0)
            {
                using (twait()) asap(mkevent());
                all.Add(() => cnt);
            }
        while (all.Count < 8);
    L:
        if (all.Count < 10 && all.Count is var z)
        {
            all.Add(() => z);
            using (twait()) asap(mkevent());
            goto L;
        }

        switch (all.Count)
        {
            case 10 when all[^1]() is var last:
                {
                    int inner = last;
                    using (twait()) asap(mkevent());
                    all.Add(() => inner++ + last);
                    goto default;
                }
            default:
                int dd = 3;
                all.Add(() => dd++);
                using (twait()) asap(mkevent());
                dd += 10;
                break;
        }

        using (var r = new StringReader("r" + Keep(all, () => 99)))
        using (var r2 = new StringReader("q"))
            if (r.ReadLine() is { } line)
            {
                using (twait()) asap(mkevent());
                all.Add(() => line.Length);
            }

        lock (all)
        {
            int lk = 4;
            all.Add(() => lk++);
        }

        unchecked
        {
            var big = int.MaxValue;
            using (twait()) asap(mkevent());
            all.Add(() => big + 1);
        }

        foreach (var f in all) trace.Add(f());
        foreach (var f in all) trace.Add(f());
        done.Trigger();
    }

    [Fact]
    public void An_else_without_braces_has_its_own_variables_each_time() => Assert.Equal("3 4 10 10", Trace.Of(Else));

    [Tamed] private static partial void Else(Trace trace, Event done);

    private static void ElseBody(Trace trace, Event done)
    {
        var all = new List<Func<int>>();
        if (trace.ToString().Length > 0) using (twait()) asap(mkevent());
        else trace.Add(int.TryParse("3", out var n) ? n : 0);
        if (trace.ToString().Length > 9) using (twait()) asap(mkevent());
        else if (int.TryParse("4", out var n) && n > 3) trace.Add(n);
        for (var i = 0; i < 2; i++)
            if (i > 9) using (twait()) asap(mkevent());
            else Keep(all, int.TryParse("10", out var n) ? () => n++ : () => 0);
        foreach (var f in all) trace.Add(f());
        done.Trigger();
    }

    private static bool Keep(List<Func<int>> all, Func<int> f)
    {
        all.Add(f);
        return true;
    }
}
