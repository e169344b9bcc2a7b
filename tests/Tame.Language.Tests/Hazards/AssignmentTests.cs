namespace Tame.Language.Tests.Hazards;

/// <summary>What the compiler proves to be assigned in the user's text, it cannot prove of labels and jumps; it is believed all the same.</summary>
public sealed partial class AssignmentTests
{
    private enum Light
    {
        Red,
        Green,
    }

    [Fact]
    public void Variables_that_every_way_assigns_need_no_value_before() => Assert.Equal("2n0-10-1004 DivideByZeroException 1n2101024 s", Trace.Of(Ways));

    [Tamed] private static partial void Ways(Trace trace, Event done);

    private static void WaysBody(Trace trace, Event done)
    {
        for (var i = 0; i < 4; i++)
        {
            int choice, guarded, looped;
            string text;
            object o = i % 2 == 0 ? i : "s";
            switch (i > 1)
            {
                case true:
                    using (twait()) asap(mkevent());
                    choice = 1;
                    break;
                case false:
                    choice = 2;
                    break;
            }

            switch (o)
            {
                case int n:
                    using (twait()) asap(mkevent());
                    text = "n" + n;
                    break;
                case string s:
                    text = s;
                    using (twait()) asap(mkevent());
                    break;
                default:
                    throw new InvalidOperationException();
            }

            try
            {
                guarded = 10 / (i - 1);
                using (twait()) asap(mkevent());
            }
            catch (DivideByZeroException e)
            {
                using (twait()) asap(mkevent());
                trace.Add(e.GetType().Name);
                continue;
            }

            do
            {
                looped = guarded;
                using (twait()) asap(mkevent());
            }
            while (looped < -100);

            if (o is not int number || !int.TryParse("4", out var four))
            {
                trace.Add(text);
                goto next;
            }

            using (twait()) asap(mkevent());
            trace.Add($"{choice}{text}{guarded}{looped}{number}{four}");
        next:
            continue;
        }

        done.Trigger();
    }

    [Fact]
    public void A_switch_without_a_way_out_at_its_end_may_be_the_last_statement() => Assert.Equal("red 6 r green 10 g", Trace.Of(Exhaustive));

    [Tamed] private static partial void Exhaustive(Trace trace, Event done);

    private static void ExhaustiveBody(Trace trace, Event done)
    {
        var light = Light.Red;
        ReadOnlySpan<char> plain;
        while (true)
        {
            Func<int, int> next;
            switch (light)
            {
                case Light.Red:
                    using (twait()) asap(mkevent());
                    plain = "red";
                    light = Light.Green;
                    next = n => n + 1;
                    break;
                case Light.Green when trace.ToString().Length > 10:
                    done.Trigger();
                    return;
                default:
                    plain = "green";
                    next = n => n * 2;
                    break;
            }

            trace.Add(plain.ToString());
            trace.Add(next(5));
            ref readonly var first = ref plain[0];
            trace.Add(first);
            using (twait()) asap(mkevent());
        }
    }

#pragma warning disable CS0162, CS8360 // no path reaches some of the waits
    [Fact]
    public void A_wait_that_no_path_reaches_is_no_way_round_a_declaration() => Assert.Equal("1 1a 4 2 5 2 3 { N = 3 } 3 4", Trace.Of(Unreached));

    [Tamed] private static partial void Unreached(Trace trace, Event done);

    private static void UnreachedBody(Trace trace, Event done)
    {
        const bool never = false;
        var first = new { N = 1 };
        if (never)
        {
            twait(e => asap(e));
            trace.Add(first);
        }

        trace.Add(first.N);
        for (var i = 1; i < 3; i++)
        {
            var pair = (new { N = i }, "a");
            var next = (ref int n) => n + 3;
            ref readonly var same = ref i;
            if (i == 1)
            {
                trace.Add(pair.Item1.N + pair.Item2);
                trace.Add(next(ref i));
                trace.Add(same + 1);
                continue;
                twait(e => asap(e));
            }

            while (false) twait(e => asap(e));
            trace.Add(next(ref i));
            trace.Add(same);
        }

        var last = new { N = 3 };
        try
        {
            trace.Add(last.N);
        }
        catch (InvalidOperationException e) when (false)
        {
            using (twait()) asap(mkevent());
            trace.Add(e);
        }

        trace.Add(last);
        Span<int> numbers = [3, 4];
        foreach (var number in numbers) trace.Add(number);
        goto end;
        using (twait()) asap(mkevent());
        trace.Add(last.N + numbers[0]);
    end:
        done.Trigger();
    }
#pragma warning restore CS0162, CS8360
}
