#pragma warning disable TAME052, TAME062 // what a slot holds before its event triggers is looked at, and what an exception cancels
namespace Tame.Language.Tests.Slots;

/// <summary>When a slot is located, what locating it may throw, and when it is written.</summary>
public sealed partial class LocationTests
{
    private sealed class Box
    {
        public int Value;
    }

    [Fact]
    public void A_location_is_fixed_when_the_event_is_made_with_its_effects_once_and_in_order() =>
        Assert.Equal("a0 i1 a2 i3 i4 | 0 7 0 8 moved", Trace.Of(Fixed));

    [Tamed] private static partial void Fixed(Trace trace, Event done);

    private static void FixedBody(Trace trace, Event done)
    {
        var step = 0;
        var array = new int[2];
        var matrix = new int[2, 2];
        int[] first = array;
        var i = 1;
        using (twait())
        {
            Later(7, mkevent(out A(trace, array, ref step)[I(trace, i++, ref step)]));
            Later(8, mkevent(out A(trace, matrix, ref step)[I(trace, 0, ref step), I(trace, 1, ref step)]));
            array = new int[2];
            i = 5;
        }

        trace.Add($"| {first[0]} {first[1]} {matrix[0, 0]} {matrix[0, 1]} {(i == 5 && array[1] == 0 ? "moved" : "stuck")}");
        done.Trigger();
    }

    private static T A<T>(Trace trace, T array, ref int step)
    {
        trace.Add("a" + step++);
        return array;
    }

    private static int I(Trace trace, int index, ref int step)
    {
        trace.Add("i" + step++);
        return index;
    }

    [Tamed] private static partial void Later(int value, Event<int> done);

    private static void LaterBody(int value, Event<int> done)
    {
        using (twait()) timer(TimeSpan.FromHours(value), mkevent());
        done.Trigger(value);
    }

    [Fact]
    public void What_locating_a_slot_throws_comes_at_once_and_cancels_the_events_before_it() =>
        Assert.Equal(
            "NullReferenceException False IndexOutOfRangeException False ArrayTypeMismatchException False NullReferenceException False IndexOutOfRangeException False",
            Trace.Of(Checks));

    [Tamed] private static partial void Checks(Trace trace, Event done);

    private static void ChecksBody(Trace trace, Event done)
    {
        for (var kind = 0; kind < 5; kind++)
        {
            Event before = default;
            var matrix = new int[1, 1];
            object[] covariant = new string[1];
            try
            {
                using (twait())
                {
                    before = mkevent();
                    if (kind == 0) mkevent(out Null<Box>()!.Value).Trigger(1);
                    if (kind == 1) mkevent(out (new int[1])[kind]).Trigger(1);
                    if (kind == 2) mkevent(out covariant[0]).Trigger("s");
                    if (kind == 3) mkevent(out Null<int[]>()![0]).Trigger(1);
                    if (kind == 4) mkevent(out matrix[0, 1]).Trigger(1);
                }
            }
            catch (Exception e)
            {
                trace.Add(e.GetType().Name);
                trace.Add(before.Trigger());
            }
        }

        done.Trigger();
    }

    private static T? Null<T>() where T : class => null;

    [Fact]
    public void A_value_arrives_when_the_event_triggers_wherever_the_call_waits() => Assert.Equal("0 0 9 9", Trace.Of(Elsewhere));

    [Tamed] private static partial void Elsewhere(Trace trace, Event done);

    private static void ElsewhereBody(Trace trace, Event done)
    {
        var rendezvous = new Rendezvous();
        var v = 0;
        Later(9, mkevent(rendezvous, out v));
        trace.Add(v);
        using (twait()) timer(TimeSpan.FromHours(8), mkevent());
        trace.Add(v);
        using (twait()) timer(TimeSpan.FromHours(8), mkevent());
        trace.Add(v);
        twait(rendezvous);
        trace.Add(v);
        done.Trigger();
    }

    [Fact]
    public void A_trigger_after_the_method_has_returned_harms_nobody()
    {
        var (trace, late) = (new Trace(), default(Event<int>));
        EventLoop.Run(done => After(trace, e => late = e, () => late.Trigger(99), done), new EventLoopOptions { VirtualTime = true });
        Assert.Equal("0 1 2 end", trace.ToString());
    }

    [Tamed] private static partial void After(Trace trace, Action<Event<int>> give, Func<bool> trigger, Event done);

    private static void AfterBody(Trace trace, Action<Event<int>> give, Func<bool> trigger, Event done)
    {
        using (twait()) Leave(give, mkevent());
        for (var i = 0; i < 3; i++)
        {
            using (twait()) Use(trace, i, trigger, mkevent());
        }

        trace.Add("end");
        done.Trigger();
    }

    [Tamed] private static partial void Leave(Action<Event<int>> give, Event done);

    private static void LeaveBody(Action<Event<int>> give, Event done)
    {
        give(mkevent(new Rendezvous(), out int value));
        done.Trigger();
        if (value > 0) throw new InvalidOperationException();
    }

    [Tamed] private static partial void Use(Trace trace, int number, Func<bool> trigger, Event done);

    private static void UseBody(Trace trace, int number, Func<bool> trigger, Event done)
    {
        var kept = number;
        trigger();
        using (twait()) asap(mkevent());
        trace.Add(kept);
        done.Trigger();
    }
}
