#pragma warning disable TAME052 // the event triggers at once
namespace Tame.Language.Tests.Locals;

/// <summary>Pattern variables that live across a wait, are slots, or stand beside a wait.</summary>
public sealed partial class PatternTests
{
    private sealed record Point(int X, int Y, object? Tag = null);

    [Fact]
    public void Pattern_variables_may_have_the_names_of_generated_locals() => Assert.Equal("7 7 8", Trace.Of(OurNames));

    [Tamed] private static partial void OurNames(Trace trace, Event done);

    private static void OurNamesBody(Trace trace, Event done)
    {
        object o = new Point(7, 8);
        if (o is Point c)
        {
            using (twait()) asap(mkevent());
            trace.Add(c.X);
        }

        if (o is Point { X: var at, Y: var type })
        {
            try
            {
                using (twait()) asap(mkevent());
            }
            finally
            {
                trace.Add(at);
            }

            trace.Add(type);
        }

        done.Trigger();
    }

    [Fact]
    public void Variables_in_the_headers_of_switch_and_lock_belong_to_the_block_around() => Assert.Equal("7 8 7 8", Trace.Of(Headers));

    [Tamed] private static partial void Headers(Trace trace, Event done);

    private static void HeadersBody(Trace trace, Event done)
    {
        switch (int.TryParse("7", out int x))
        {
            case true:
                trace.Add(x);
                break;
        }

        lock (int.TryParse("8", out int y) ? trace : new object())
            trace.Add(y);

        using (twait()) asap(mkevent());
        trace.Add(x);
        trace.Add(y);
        done.Trigger();
    }

    [Fact]
    public void One_name_may_be_a_kept_pattern_variable_here_and_a_plain_one_there() => Assert.Equal("7 8", Trace.Of(OneName));

    [Tamed] private static partial void OneName(Trace trace, Event done);

    private static void OneNameBody(Trace trace, Event done)
    {
        object o = new Point(7, 8);
        {
            if (o is Point p)
            {
                using (twait()) asap(mkevent());
                trace.Add(p.X);
            }
        }

        {
            if (o is Point p)
            {
                trace.Add(p.Y);
                using (twait()) asap(mkevent());
            }
        }

        done.Trigger();
    }

    [Fact]
    public void A_slice_of_a_span_may_be_bound_beside_a_wait() => Assert.Equal("1:2", Trace.Of(Slice));

    [Tamed] private static partial void Slice(Trace trace, Event done);

    private static void SliceBody(Trace trace, Event done)
    {
        using (twait()) asap(mkevent());
        ReadOnlySpan<int> span = [1, 2, 3];
        if (span is [var first, .. var rest]) trace.Add($"{first}:{rest.Length}");
        done.Trigger();
    }

    [Fact]
    public void Case_labels_and_switch_arms_may_bind_slots() => Assert.Equal("3 5 other 36 1", Trace.Of(Cases));

    [Tamed] private static partial void Cases(Trace trace, Event done);

    private static void CasesBody(Trace trace, Event done)
    {
        foreach (object? o in new object?[] { 3, 1 })
        {
            using (twait())
            {
                switch (o)
                {
                    case int n when n > 1:
                        trace.Add(n);
                        Five(mkevent(out n));
                        trace.Add(n);
                        break;
                    case not null:
                        trace.Add("other");
                        break;
                }
            }
        }

        using (twait())
        {
            trace.Add(((object)3) switch { int n => (n * 10) + Five(mkevent(out n)) + n, _ => 0 });
            trace.Add(((object)1) switch { int n when n > 1 => Five(mkevent(out n)), _ => 1 });
        }

        done.Trigger();
    }

    private static int Five(Event<int> e) => e.Trigger(5) ? 1 : 0;

    [Fact]
    public void Patterns_of_every_form_keep_what_they_bind() => Assert.Equal("1,2 x 1,2 3:3 7 8 none 1,2", Trace.Of(Forms));

    [Tamed] private static partial void Forms(Trace trace, Event done);

    private static void FormsBody(Trace trace, Event done)
    {
        object o = new Point(1, 2, "x");
        if (o is not Point { Tag: string { Length: > 0 } tag } p) throw new InvalidOperationException();
        using (twait()) asap(mkevent());
        trace.Add($"{p.X},{p.Y}");
        trace.Add(tag);
        if (!(o is Point(var x, var y, _) and { Tag: not null })) throw new InvalidOperationException();
        using (twait()) asap(mkevent());
        trace.Add($"{x},{y}");
        int[] numbers = [7, 8, 9];
        if (numbers is [.. { Length: var length }] && numbers.Length is var all and > 2)
        {
            using (twait()) asap(mkevent());
            trace.Add($"{all}:{length}");
        }

        if (numbers is [var a, var b, _])
        {
            using (twait()) asap(mkevent());
            trace.Add(a);
            trace.Add(b);
        }

        if ((o as Point)?.Tag is int number) trace.Add(number);
        else
        {
            using (twait()) asap(mkevent());
            trace.Add("none");
        }

        if (o is (Point and ({ X: var q } and (_, var r, _))))
        {
            using (twait()) asap(mkevent());
            trace.Add($"{q},{r}");
        }

        done.Trigger();
    }

    [Fact]
    public void A_while_condition_binds_anew_each_turn() => Assert.Equal("1 2 3 end", Trace.Of(WhileBinds));

    [Tamed] private static partial void WhileBinds(Trace trace, Event done);

    private static void WhileBindsBody(Trace trace, Event done)
    {
        var queue = new Queue<object?>([1, 2, 3, null, 4]);
        while (queue.Dequeue() is int n && n < 10)
        {
            using (twait()) asap(mkevent());
            trace.Add(n);
        }

        trace.Add("end");
        done.Trigger();
    }
}
