namespace Tame.Language.Tests.Hazards;

/// <summary><c>checked</c> and <c>unchecked</c> with waits in them: every piece that is moved out computes as it did inside.</summary>
public sealed partial class ArithmeticTests
{
    private static readonly int s_large = int.MaxValue;

    [Fact]
    public void Lambdas_functions_and_handlers_in_a_checked_block_overflow_and_those_outside_do_not() =>
        Assert.Equal("True overflow -2147483648 -2 overflow overflow -2147483648 -2147483647 -2147483648", Trace.Of(Checked));

    [Tamed] private static partial void Checked(Trace trace, Event done);

    private static void CheckedBody(Trace trace, Event done)
    {
        var large = s_large;
        var all = new List<Func<int>>();
        checked
        {
            all.Add(() => large + 1);
            using (twait()) asap(mkevent());
            all.Add(Escaping);
            int plain = unchecked(large + 1);
            trace.Add(plain < 0);
            trace.Add(Try(() => Staying()));
            unchecked
            {
                using (twait()) asap(mkevent());
                all.Add(() => large + 1);
                trace.Add(large + 1);
                var far = large * 2;
                trace.Add(far);
            }

            all.Add(() => unchecked(large + 2));
            int Escaping() => large + 1;
            int Staying()
            {
                return -s_large - 2;
            }
        }

        all.Add(() => large + 1);
        foreach (var each in all) trace.Add(Try(each));
        done.Trigger();
    }

    [Fact]
    public void Every_header_in_a_checked_block_overflows() => Assert.Equal(
        "overflow0 overflow1 overflow2 overflow3 1 overflow4 overflow5 overflow6 filtered overflow7 finally overflow8 97 overflow9 overflow10",
        Trace.Of(Headers));

    [Tamed] private static partial void Headers(Trace trace, Event done);

    private static void HeadersBody(Trace trace, Event done)
    {
        for (var part = 0; part < 11; part++)
        {
            var large = s_large - (part == 99 ? 1 : 0);
            long wide = (long)large + 1;
            try
            {
                checked
                {
                    switch (part)
                    {
                        case 0:
                            if (large + 1 < 0) using (twait()) asap(mkevent());
                            break;
                        case 1:
                            while (large++ > 0) using (twait()) asap(mkevent());
                            break;
                        case 2:
                            do
                            {
                                using (twait()) asap(mkevent());
                            }
                            while (-large - 2 > 0);
                            break;
                        case 3:
                            for (var i = large; i > 0; i += 1) using (twait()) asap(mkevent());
                            break;
                        case 4:
                            foreach (int item in new[] { 1L, wide })
                            {
                                using (twait()) asap(mkevent());
                                trace.Add(item);
                            }

                            break;
                        case 5:
                            switch (large + 1)
                            {
                                case < 0:
                                    using (twait()) asap(mkevent());
                                    break;
                            }

                            break;
                        case 6:
                            using (twait()) asap(mkevent());
                            int x = (int)wide, y = 2;
                            trace.Add(x + y);
                            break;
                        case 7:
                            try
                            {
                                using (twait()) asap(mkevent());
                                throw new InvalidOperationException();
                            }
                            catch (InvalidOperationException) when (large + 1 < 0)
                            {
                                trace.Add("never");
                            }
                            catch (InvalidOperationException)
                            {
                                trace.Add("filtered");
                                trace.Add(large + 1);
                            }

                            break;
                        case 8:
                            try
                            {
                                using (twait()) asap(mkevent());
                            }
                            finally
                            {
                                trace.Add("finally");
                                large += 1;
                            }

                            break;
                        case 9:
                            foreach (byte letter in "a\u0161")
                            {
                                using (twait()) asap(mkevent());
                                trace.Add(letter);
                            }

                            break;
                        case 10:
                            using (twait()) asap(mkevent());
                            trace.Add(wide is var w && (int)w > 0);
                            break;
                    }
                }

                trace.Add("no overflow");
            }
            catch (OverflowException)
            {
                trace.Add("overflow" + part);
            }
        }

        done.Trigger();
    }

    [Fact]
    public void Functions_that_return_nothing_overflow_too() => Assert.Equal("overflow overflow overflow overflow 1 overflow -2147483648 overflow", Trace.Of(Effects));

    [Tamed] private static partial void Effects(Trace trace, Event done);

    private static void EffectsBody(Trace trace, Event done)
    {
        var total = s_large;
        checked
        {
            void Add() => total += 2;
            void Next() => total++;
            async Task Later() => total += 2;
            void Throws() => throw new OverflowException($"{total + 1}");
            ref int Place(int[] places) => ref places[s_large - total];
            int One() => s_large - total + 1;
            Span<int> places = Taken(static () => s_spare++, static () => { s_spare += 1; });
            using (twait()) asap(mkevent());
            trace.Add(Try(Add));
            trace.Add(Try(Next));
            trace.Add(Try(() => Later().GetAwaiter().GetResult()));
            trace.Add(Try(Throws));
            trace.Add(Place([One()]));
            Action moved = Moved;
            trace.Add(Try(moved));
            void Moved() => total -= -1;
            unchecked
            {
                using (twait()) asap(mkevent());
                void Wrap() => total++;
                Wrap();
                trace.Add(total);
            }

            trace.Add(Try(() => total--));
        }

        done.Trigger();
    }

    private static int s_spare;

    private static Span<int> Taken(Action one, Action other)
    {
        one();
        other();
        return default;
    }

    private static string Try(Action action)
    {
        try
        {
            action();
            return "none";
        }
        catch (OverflowException)
        {
            return "overflow";
        }
    }

    private static string Try(Func<int> function)
    {
        try
        {
            return $"{function()}";
        }
        catch (OverflowException)
        {
            return "overflow";
        }
    }
}
