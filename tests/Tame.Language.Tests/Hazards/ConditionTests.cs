namespace Tame.Language.Tests.Hazards;

/// <summary>Conditions that are no <c>bool</c>: C# asks them by <c>operator true</c>, by a conversion or dynamically, and asks each once.</summary>
public sealed partial class ConditionTests
{
    /// <summary>True, false or neither, as a database has them.</summary>
    private readonly struct Maybe(int state)
    {
        public int State => state;

        public static bool operator true(Maybe m) => m.State > 0;

        public static bool operator false(Maybe m) => m.State < 0;

        public static Maybe operator !(Maybe m) => new(-m.State);

        public static Maybe operator &(Maybe a, Maybe b) => new(Math.Min(a.State, b.State));

        public static Maybe operator |(Maybe a, Maybe b) => new(Math.Max(a.State, b.State));
    }

    /// <summary>Has a truth, but no <c>!</c> and no <c>&amp;</c>.</summary>
    private sealed class Flag(bool isSet, Trace trace)
    {
        public bool IsSet => isSet;

        public static bool operator true(Flag f) => f.Asked("true") && f.IsSet;

        public static bool operator false(Flag f) => f.Asked("false") && !f.IsSet;

        private bool Asked(string what)
        {
            trace.Add(what);
            return true;
        }
    }

    private sealed class Yes(bool isSet)
    {
        public static implicit operator bool(Yes y) => y.IsSet;

        private bool IsSet => isSet;
    }

    private sealed class No
    {
        public static implicit operator bool(No n) => n is null;
    }

    [Fact]
    public void A_value_that_is_neither_true_nor_false_takes_the_ways_that_CSharp_takes() => Assert.Equal(
        "else notnot nand nor 0 1 0 nopattern | then notnot and or 3 3 3 pattern | else not nand nor 0 1 0 nopattern |", Trace.Of(Neither));

    [Tamed] private static partial void Neither(Trace trace, Event done);

    private static void NeitherBody(Trace trace, Event done)
    {
        Maybe yes = new(1), no = new(-1);
        foreach (var m in new[] { new Maybe(0), yes, no })
        {
            if (m)
            {
                using (twait()) asap(mkevent());
                trace.Add("then");
            }
            else
            {
                trace.Add("else");
            }

            if (!m)
            {
                using (twait()) asap(mkevent());
                trace.Add("not");
            }
            else
            {
                trace.Add("notnot");
            }

            if (m && yes) goto and;
            trace.Add("nand");
            goto or;
        and:
            using (twait()) asap(mkevent());
            trace.Add("and");
        or:
            if (m || no)
            {
                using (twait()) asap(mkevent());
                trace.Add("or");
            }
            else
            {
                trace.Add("nor");
            }

            var turns = 0;
            while (m)
            {
                using (twait()) asap(mkevent());
                if (++turns > 2) break;
            }

            trace.Add(turns);
            turns = 0;
            do
            {
                using (twait()) asap(mkevent());
                turns++;
            }
            while (m && new Maybe(turns < 3 ? 1 : -1));
            trace.Add(turns);
            for (turns = 0; m & new Maybe(turns < 3 ? 1 : -1); turns++) using (twait()) asap(mkevent());
            trace.Add(turns);
            if ((object)m is Maybe { State: var state } again && state < 2 ? again : no)
            {
                using (twait()) asap(mkevent());
                trace.Add("pattern");
            }
            else
            {
                trace.Add("nopattern");
            }

            trace.Add("|");
        }

        done.Trigger();
    }

    [Fact]
    public void Conditions_without_a_negation_are_asked_once_and_as_they_stand() => Assert.Equal(
        "true true 2 true | true else1 else2 else3 true else4 else5 else6 else7 else8 0 true else9 |", Trace.Of(Kinds));

    [Tamed] private static partial void Kinds(Trace trace, Event done);

    private static void KindsBody(Trace trace, Event done)
    {
        foreach (var b in new[] { true, false })
        {
            bool[] box = [b];
            Flag flag = new(b, trace);
            Yes yes = new(b);
            dynamic any = b, anyFlag = new Flag(b, trace);
            if (flag) using (twait()) asap(mkevent());
            else trace.Add("else1");
            if (yes) using (twait()) asap(mkevent());
            else trace.Add("else2");
            if (any) using (twait()) asap(mkevent());
            else trace.Add("else3");
            if (anyFlag) using (twait()) asap(mkevent());
            else trace.Add("else4");
            if (At(box)) using (twait()) asap(mkevent());
            else trace.Add("else5");
            if (b switch { true => yes, false => new No() }) using (twait()) asap(mkevent());
            else trace.Add("else6");
            if (b ? yes : new No()) using (twait()) asap(mkevent());
            else trace.Add("else7");
            if (any is bool known && known && yes) using (twait()) asap(mkevent());
            else trace.Add("else8");
            var turns = 0;
            while (turns < 2 ? any : false)
            {
                using (twait()) asap(mkevent());
                turns++;
            }

            trace.Add(turns);
            if (From(() => new Flag(b, trace))) using (twait()) asap(mkevent());
            else trace.Add("else9");
            trace.Add("|");
        }

        done.Trigger();
    }

    [Fact]
    public void Filters_and_case_guards_that_are_no_bool_choose_as_CSharp_chooses() => Assert.Equal(
        "true plain true 1 true true true true lambda A true first True | true true true 1 true true true true last true C true true third False |", Trace.Of(Filters));

    [Tamed] private static partial void Filters(Trace trace, Event done);

    private static void FiltersBody(Trace trace, Event done)
    {
        foreach (var b in new[] { true, false })
        {
            Flag flag = new(b, trace), other = new(!b, trace);
            dynamic any = flag;
            for (var turn = 0; turn < 4; turn++)
            {
                var own = turn;
                try
                {
                    using (twait()) asap(mkevent());
                    throw new InvalidOperationException();
                }
                catch (InvalidOperationException) when (turn == 0 ? flag : new Flag(turn < 0, trace))
                {
                    trace.Add("plain");
                }
                catch (InvalidOperationException error) when (turn == 1 && any == flag)
                {
                    using (twait()) asap(mkevent());
                    trace.Add(error.Data.Count + turn);
                }
                catch (InvalidOperationException) when (turn == 2 && (b ? any : any is null))
                {
                    using (twait()) asap(mkevent());
                    trace.Add(turn);
                }
                catch (InvalidOperationException) when (From(() => new Flag(own == 3 && b, trace)))
                {
                    trace.Add("lambda");
                }
                catch (InvalidOperationException)
                {
                    if (turn == 3) trace.Add("last");
                }
            }

            var letter = (object)flag switch { Flag f when f.IsSet && any is Flag => "A", Flag f when (f.IsSet ? other : f) => "B", _ => "C" };
            using (twait()) asap(mkevent());
            trace.Add(letter);
            switch ((object)flag)
            {
                case Flag f when b ? f : any:
                    using (twait()) asap(mkevent());
                    trace.Add($"first {f.IsSet}");
                    break;
                case Flag { IsSet: var isSet } when other ? isSet : any:
                    trace.Add($"second {isSet}");
                    break;
                case Flag f:
                    using (twait()) asap(mkevent());
                    trace.Add($"third {f.IsSet}");
                    break;
            }

            trace.Add("|");
        }

        done.Trigger();
    }

    [Fact]
    public void Lambdas_in_each_part_of_a_filter_see_their_own_variables() => Assert.Equal("0 first 1 second 2 third 3 none", Trace.Of(FilterLambdas));

    [Tamed] private static partial void FilterLambdas(Trace trace, Event done);

    private static void FilterLambdasBody(Trace trace, Event done)
    {
        var r = new Rendezvous();
        for (var turn = 0; turn < 4; turn++)
        {
            var own = turn;
            try
            {
                asap(mkevent(r));
                twait(r);
                trace.Add(own);
                throw new InvalidOperationException();
            }
            catch (InvalidOperationException) when (turn < 0 || Holds(() => own == 0) || turn > 5)
            {
                trace.Add("first");
            }
            catch (InvalidOperationException) when (turn < 0 || Holds(() => own == 1))
            {
                asap(mkevent(r));
                twait(r);
                trace.Add("second");
            }
            catch (InvalidOperationException) when (Holds(() => own == 2) ? turn == 2 : turn < 0)
            {
                trace.Add("third");
            }
            catch (InvalidOperationException)
            {
                trace.Add("none");
            }
        }

        done.Trigger();
    }

    private static ref bool At(bool[] box) => ref box[0];

    private static T From<T>(Func<T> function) => function();

    private static bool Holds(Func<bool> function) => function();
}
