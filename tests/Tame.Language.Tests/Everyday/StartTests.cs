namespace Tame.Language.Tests.Everyday;

/// <summary><c>twait(e => …, out …)</c>: the ways to write it, its values, and the order in which its parts are evaluated.</summary>
public sealed partial class StartTests
{
    [Fact]
    public void It_waits_for_one_operation_and_its_values() => Assert.Equal("1 2 b 3 c x 4 d y z 5", Trace.Of(Values));

    [Tamed] private static partial void Values(Trace trace, Event done);

    private static void ValuesBody(Trace trace, Event done)
    {
        twait(e => timer(TimeSpan.FromHours(1), e));
        twait(e => After(1, e), out int one);
        twait(e => After(2, "b", e), out int two, out string b);
        twait(e => After(3, "c", 'x', e), out int three, out string c, out char x);
        twait(e => After(4, "d", 'y', "z", e), out int four, out string d, out char y, out string z);
        twait((Event<int> e) => After(5, e), out var five);
        trace.Add($"{one} {two} {b} {three} {c} {x} {four} {d} {y} {z} {five}");
        done.Trigger();
    }

    [Fact]
    public void An_operation_that_completes_at_once_costs_no_trip_through_the_loop() => Assert.Equal("start 1 2 back resumed", Trace.Of(AtOnce));

    [Tamed] private static partial void AtOnce(Trace trace, Event done);

    private static void AtOnceBody(Trace trace, Event done)
    {
        twait(e =>
        {
            Inner(trace, e);
            trace.Add("back");
        });
        trace.Add("resumed");
        done.Trigger();
    }

    [Tamed] private static partial void Inner(Trace trace, Event done);

    private static void InnerBody(Trace trace, Event done)
    {
        trace.Add("start");
        twait(e => e.Trigger());
        trace.Add(1);
        twait(e => e.Trigger(2), out int two);
        trace.Add(two);
        twait(e => asap(e));
        done.Trigger();
    }

    [Fact]
    public void The_places_of_the_values_are_found_before_the_lambda_runs() => Assert.Equal("i0 lambda0 i1 7 0 lambda1 8 i2 j0 lambda2 5 6", Trace.Of(Order));

    [Tamed] private static partial void Order(Trace trace, Event done);

    private static void OrderBody(Trace trace, Event done)
    {
        var numbers = new int[3];
        var names = new int[1];
        var i = 0;
        twait(e => Say(trace, $"lambda{i - 1}", 7, e), out numbers[Next(ref i, trace, "i")]);
        var copy = numbers[Next(ref i, trace, "i") - 1];
        trace.Add($"{copy} {numbers[1]}");
        var one = i;
        twait(e => { trace.Add($"lambda{one - 1}"); one = 2; e.Trigger(8); }, out numbers[one - 1]);
        trace.Add(numbers[1]);
        var j = 0;
        twait(value2: out numbers[Next(ref i, trace, "i")], value1: out names[Next(ref j, trace, "j")], start: e => { trace.Add($"lambda{i - 1}"); e.Trigger(6, 5); });
        trace.Add($"{numbers[2]} {names[0]}");
        done.Trigger();
    }

    [Fact]
    public void A_value_goes_to_any_slot() => Assert.Equal("1 2 3 4 5 6 7 9", Trace.Of(new Targets("x").All));

    [Fact]
    public void A_place_that_does_not_exist_is_an_error_before_the_lambda_runs() => Assert.Equal("no element no object", Trace.Of(NoPlace));

    [Tamed] private static partial void NoPlace(Trace trace, Event done);

    private static void NoPlaceBody(Trace trace, Event done)
    {
        var none = Array.Empty<int>();
        Targets? nothing = trace.ToString().Length == 0 ? null : new Targets("x");
        try
        {
            twait(e => { trace.Add("ran"); After(1, e); }, out none[0]);
        }
        catch (IndexOutOfRangeException)
        {
            trace.Add("no element");
        }

        try
        {
            twait(e => { trace.Add("ran"); After(1, e); }, out nothing!.Number);
        }
        catch (NullReferenceException)
        {
            trace.Add("no object");
        }

        done.Trigger();
    }

    [Fact]
    public void The_lambda_may_be_written_in_each_way_that_C_sharp_has() => Assert.Equal("1 2 3 4 5 6 7 8", Trace.Of(Spellings));

    [Tamed] private static partial void Spellings(Trace trace, Event done);

    private static void SpellingsBody(Trace trace, Event done)
    {
        twait(delegate (Event e) { trace.Add(1); asap(e); });
        twait(static e => asap(e));
        trace.Add(2);
        twait((e) => asap(e));
        trace.Add(3);
        twait(((Event<int> @event) => After(4, @event)), out var four);
        trace.Add(four);
        twait(_ => asap(_));
        trace.Add(5);
        Primitives.twait<int>(e => After(6, e), out int six);
        trace.Add(six);
        twait([System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage] (e) => asap(e));
        trace.Add(7);
        twait(start: e => asap(e));
        trace.Add(8);
        done.Trigger();
    }

    private static int Next(ref int n, Trace trace, string name)
    {
        trace.Add(name + n);
        return n++;
    }

    private static void Say(Trace trace, string word, int value, Event<int> done)
    {
        trace.Add(word);
        done.Trigger(value);
    }

    [Tamed] private static partial void After<T>(T value, Event<T> done);

    private static void AfterBody<T>(T value, Event<T> done)
    {
        twait(e => timer(TimeSpan.FromHours(1), e));
        done.Trigger(value);
    }

    [Tamed] private static partial void After<T1, T2>(T1 first, T2 second, Event<T1, T2> done);

    private static void AfterBody<T1, T2>(T1 first, T2 second, Event<T1, T2> done)
    {
        twait(e => timer(TimeSpan.FromHours(1), e));
        done.Trigger(first, second);
    }

    [Tamed] private static partial void After<T1, T2, T3>(T1 first, T2 second, T3 third, Event<T1, T2, T3> done);

    private static void AfterBody<T1, T2, T3>(T1 first, T2 second, T3 third, Event<T1, T2, T3> done)
    {
        twait(e => timer(TimeSpan.FromHours(1), e));
        done.Trigger(first, second, third);
    }

    [Tamed] private static partial void After<T1, T2, T3, T4>(T1 first, T2 second, T3 third, T4 fourth, Event<T1, T2, T3, T4> done);

    private static void AfterBody<T1, T2, T3, T4>(T1 first, T2 second, T3 third, T4 fourth, Event<T1, T2, T3, T4> done)
    {
        twait(e => timer(TimeSpan.FromHours(1), e));
        done.Trigger(first, second, third, fourth);
    }

    /// <summary>Each kind of slot that can be written in place of a variable.</summary>
    private sealed partial class Targets(string name)
    {
        private static int s_number;

        private (int Number, (int X, int Y) Point) _pair;

        public int Number;

        public string Name => name;

        [Tamed] public partial void All(Trace trace, Event done);

        private void AllBody(Trace trace, Event done)
        {
            int local;
            var rows = new int[1, 2];
            var tuples = new (int X, string Y)[2];
            var other = new Targets("other");
            twait(e => After(1, e), out local);
            twait(e => After(2, e), out s_number);
            twait(e => After(3, e), out Number);
            twait(e => After(4, e), out _pair.Point.Y);
            twait(e => After(5, e), out rows[0, 1]);
            twait(e => After(6, e), out tuples[1].X);
            twait(e => After(7, e), out other.Number);
            twait(e => After(8, e), out int _);
            twait((Event<int> e) => After(8, e), out _);
            twait(e => After(9, e), out _pair.Number);
            trace.Add($"{local} {s_number} {Number} {_pair.Point.Y} {rows[0, 1]} {tuples[1].X} {other.Number} {_pair.Number}");
            done.Trigger();
        }
    }
}
