#pragma warning disable TAME052 // what a slot holds before its event triggers is looked at
namespace Tame.Language.Tests.Slots;

/// <summary>Slots that are declared in place, and locals without a value: they start at their defaults each time.</summary>
public sealed partial class DeclaredSlotTests
{
    [Fact]
    public void A_slot_declared_in_place_starts_at_its_default_each_turn() => Assert.Equal("5 0 5 - five -", Trace.Of(Turns));

    [Tamed] private static partial void Turns(Trace trace, Event done);

    private static void TurnsBody(Trace trace, Event done)
    {
        for (var i = 0; i < 3; i++)
        {
            using (twait())
            {
                Give(mkevent(out int v), 5, i != 1);
                trace.Add(v);
            }
        }

        for (var i = 0; i < 3; i++)
        {
            using (twait())
            {
                Give(mkevent(out string? s), "five", i == 1);
                trace.Add(s ?? "-");
            }
        }

        done.Trigger();
    }

    [Fact]
    public void A_recycled_closure_does_not_show_the_slots_of_the_call_before() => Assert.Equal("5 5 5 0 0 0", Trace.Of(TwoCalls));

    [Tamed] private static partial void TwoCalls(Trace trace, Event done);

    private static void TwoCallsBody(Trace trace, Event done)
    {
        using (twait()) OneCall(trace, true, mkevent());
        using (twait()) OneCall(trace, false, mkevent());
        done.Trigger();
    }

    [Tamed] private static partial void OneCall(Trace trace, bool give, Event done);

    private static void OneCallBody(Trace trace, bool give, Event done)
    {
        using (twait())
        {
            Give(mkevent(out int inPlace), 5, give);
            trace.Add(inPlace);
        }

        using (twait())
        {
            int before;
            Give(mkevent(out before), 5, give);
            trace.Add(before);
        }

        int after;
        using (twait()) Give(mkevent(out after), 5, give);
        trace.Add(after);
        done.Trigger();
    }

    private static void Give<T>(Event<T> e, T value, bool give)
    {
        if (give) e.Trigger(value);
        else e.Unblock();
    }

    [Fact]
    public void Discards_of_every_form_drop_the_value() => Assert.Equal("done", Trace.Of(Discards));

    [Tamed] private static partial void Discards(Trace trace, Event done);

    private static void DiscardsBody(Trace trace, Event done)
    {
        using (twait())
        {
            Give(mkevent(out int _), 5, true);
            mkevent(out int _, out string? _, out object? _, out double _).Trigger(1, "a", trace, 2.0);
            mkevent<int, string>(out _, out _).Trigger(1, "b");
        }

        trace.Add("done");
        done.Trigger();
    }

    [Fact]
    public void The_part_of_a_struct_that_takes_an_id_is_on_the_heap_even_where_nobody_reads_it() => Assert.Equal("42 42 b", Trace.Of(PartOfStruct));

    private struct Pair
    {
        public int Id;
    }

    [Tamed] private static partial void PartOfStruct(Trace trace, Event done);

    private static void PartOfStructBody(Trace trace, Event done)
    {
        var rendezvous = new Rendezvous<int>();
        Pair unread = default, read = default;
        asap(mkevent(rendezvous, 42));
        twait(rendezvous, out unread.Id);
        asap(mkevent(rendezvous, 42));
        twait(rendezvous, out read.Id);
        trace.Add(read.Id);
        (int Id, string Name) tuple = (1, "b");
        asap(mkevent(rendezvous, 42));
        twait(rendezvous, out tuple.Id);
        trace.Add(tuple.Id);
        trace.Add(tuple.Name);
        done.Trigger();
    }
}
