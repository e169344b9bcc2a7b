namespace Tame.Language.Tests.Hazards;

/// <summary>Variables that expressions declare, in every kind of pattern and operator, kept across waits.</summary>
public sealed partial class PatternTests
{
    private sealed record Point(int X, int Y, object? Tag = null);

    private sealed record Line(Point From, Point To);

    [Fact]
    public void Conditions_of_every_shape_keep_what_they_bind() => Assert.Equal("text414 1tag2 line 5 null 134 pair other", Trace.Of(Conditions));

    [Tamed] private static partial void Conditions(Trace trace, Event done);

    private static void ConditionsBody(Trace trace, Event done)
    {
        object?[] values = ["text", new Point(1, 2, "tag"), new Line(new Point(1, 2), new Point(3, 4)), 5, null, new[] { 1, 2, 3, 4 }, (7, "seven"), 1.5];
        foreach (var o in values)
        {
            if (o is string { Length: > 2 and var length } text && text[0] is 't' or 'x' && int.TryParse("1" + length, out var number))
            {
                using (twait()) asap(mkevent());
                trace.Add($"{text}{length}{number}");
            }
            else if (o is Point(var x, _, _) { Tag: string tag } and { Y: var y } && (x > 5 || y is 2))
            {
                using (twait()) asap(mkevent());
                trace.Add($"{x}{tag}{y}");
            }
            else if (o is Line { From.X: var fx, To: (3, var ty, null) to } line ? to.Y is var again && again == ty : o is (int seven, string word) && seven.ToString() is [.. var digits] && digits + word is { } joined && joined.Length > 3)
            {
                using (twait()) asap(mkevent());
                trace.Add(o is Line ? "line" : "pair");
            }
            else if (o is not (int or null) && o is not int[] { Length: 4 } and not Array)
            {
                using (twait()) asap(mkevent());
                trace.Add("other");
            }
            else if (o is int[] and [var first, .. { Length: 2 } middle, var last])
            {
                using (twait()) asap(mkevent());
                trace.Add($"{first}{middle[1]}{last}");
            }
            else
            {
                using (twait()) asap(mkevent());
                trace.Add(o ?? "null");
            }
        }

        done.Trigger();
    }

    [Fact]
    public void A_negated_pattern_binds_behind_it() => Assert.Equal("skip 4 untagged1 skip 6b15", Trace.Of(Negated));

    [Tamed] private static partial void Negated(Trace trace, Event done);

    private static void NegatedBody(Trace trace, Event done)
    {
        foreach (object? o in new object?[] { "a", 4, new Point(1, 2), null, new Point(5, 6, "b") })
        {
            if (o is not Point { X: var x } point)
            {
                if (!(o is int n))
                {
                    using (twait()) asap(mkevent());
                    trace.Add("skip");
                    continue;
                }

                using (twait()) asap(mkevent());
                trace.Add(n);
                continue;
            }

            using (twait()) asap(mkevent());
            if (point.Tag is not string tag || tag.Length is not (1 and var one))
            {
                trace.Add("untagged" + x);
                continue;
            }

            using (twait()) asap(mkevent());
            trace.Add($"{point.Y}{tag}{one}{x}");
        }

        done.Trigger();
    }

    [Fact]
    public void Operators_and_switch_expressions_keep_what_their_branches_bind() => Assert.Equal("12zero False 4int1 False 8point3 True 3f6 False", Trace.Of(Operators));

    [Tamed] private static partial void Operators(Trace trace, Event done);

    private static void OperatorsBody(Trace trace, Event done)
    {
        for (var i = 0; i < 4; i++)
        {
            object o = i switch { 0 => "zero", 1 => 1, 2 => new Point(2, 3), _ => 4.5 };
            var size = o switch
            {
                string s when s.Length is var l && Twice(l, out var doubled) > 4 => doubled + l,
                int n and > 0 => n switch { 1 when Twice(n, out var t) is var u => t + u, var m => m },
                Point(var a, var b, _) p => (p with { X = b }) is { X: var c } ? a + b + c : 0,
                var other => other.ToString()!.Length,
            };
            var label = o as string ?? (o is int k ? "int" + k : o is Point { Y: var yy } ? "point" + yy : null) ?? (Twice(size, out var fallback) > 0 ? "f" + fallback : "g");
            using (twait()) asap(mkevent());
            trace.Add($"{size}{label}");
            bool both = o is Point q && q.X == 2 && Twice(q.Y, out var six) == 6 && six is var kept && Apply(() => kept == q.Y * 2);
            using (twait()) asap(mkevent());
            trace.Add(both);
        }

        done.Trigger();
    }

    [Fact]
    public void Out_variables_in_loops_are_new_each_turn_and_reach_the_next_statement_from_an_if() => Assert.Equal("1bc3 3c1 1s 2- 21 31 13 9", Trace.Of(Outs));

    [Tamed] private static partial void Outs(Trace trace, Event done);

    private static void OutsBody(Trace trace, Event done)
    {
        var all = new List<Func<int>>();
        var words = new Queue<string>(["1", "2", "x", "3"]);
        while (words.TryDequeue(out var word) && int.TryParse(word, out var value))
        {
            all.Add(() => (10 * value) + word.Length);
            using (twait()) asap(mkevent());
            value++;
        }

        if (!int.TryParse("12", out var twelve)) throw new FormatException();
        all.Add(() => twelve);
        using (twait()) asap(mkevent());
        twelve++;
        (int a, (string b, _)) = (1, ("b", 2.0));
        var (c, d) = new KeyValuePair<string, int>("c", 3);
        using (twait()) asap(mkevent());
        trace.Add($"{a}{b}{c}{d}");
        (a, b, var e) = (d, c, a);
        using (twait()) asap(mkevent());
        trace.Add($"{a}{b}{e}");
        foreach (var (from, (x, _, _)) in new[] { new KeyValuePair<int, Point>(1, new Point(8, 9)) })
        {
            using (twait()) asap(mkevent());
            all.Add(() => from + x);
        }

        foreach ((int n, string? s) in new List<(int, string?)> { (1, "s"), (2, null) })
        {
            using (twait()) asap(mkevent());
            trace.Add(n + (s ?? "-"));
        }

        foreach (var each in all) trace.Add(each());
        done.Trigger();
    }

    [Fact]
    public void Case_guards_may_declare_variables_that_live_across_waits() => Assert.Equal("121212 False 16 False 7 True 11", Trace.Of(Guards));

    [Tamed] private static partial void Guards(Trace trace, Event done);

    private static void GuardsBody(Trace trace, Event done)
    {
        foreach (object? o in new object?[] { "12", "x", new Point(3, 4), 7, null, new[] { 1, 2 } })
        {
            switch (o)
            {
                case string s when int.TryParse(s, out var parsed) && parsed is var again:
                    using (twait()) asap(mkevent());
                    trace.Add(s + parsed + again);
                    break;
                case string:
                case null:
                    using (twait()) asap(mkevent());
                    trace.Add(o is null);
                    break;
                case Point(var x, var y, _) p when Twice(x, out var z) > y && Apply(() => z == p.X * 2):
                    using (twait()) asap(mkevent());
                    trace.Add(x + y + z + p.X);
                    goto case null;
                case int n when n > 9:
                case int m when m < 9:
                    using (twait()) asap(mkevent());
                    trace.Add(o);
                    break;
                case int[] and [var first, ..]:
                    Func<int> read = () => first;
                    using (twait()) asap(mkevent());
                    first += 10;
                    trace.Add(read());
                    break;
            }
        }

        done.Trigger();
    }

    private static bool Apply(Func<bool> function) => function();

    private static int Twice(int n, out int twice) => twice = n * 2;
}
