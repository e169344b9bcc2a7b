namespace Tame.Language.Tests.Hazards;

/// <summary>Slots that lambdas capture, that are parts of captured structs, and that are declared inside handlers.</summary>
public sealed partial class SlotTests
{
    private struct Inner
    {
        public int Value;
    }

    private struct Outer
    {
        public Inner Inner;
        public Inner[] More;
    }

    private static readonly List<Action> s_late = [];

    [Fact]
    public void Captured_slots_are_those_of_their_own_iteration_though_their_events_trigger_late() => Assert.Equal("0 0 0 | 10 11 12 | 110 111 112", Trace.Of(Late));

    [Tamed] private static partial void Late(Trace trace, Event done);

    private static void LateBody(Trace trace, Event done)
    {
        s_late.Clear();
        using var r = new Rendezvous();
        var all = new List<Func<int>>();
        for (var i = 0; i < 3; i++)
        {
            int slot;
            var e = mkevent(r, out slot);
            var value = 10 + i;
            s_late.Add(() => e.Trigger(value));
            s_late.Add(() => slot += 100);
            all.Add(() => slot);
            using (twait()) asap(mkevent());
        }

        foreach (var each in all) trace.Add(each());
        trace.Add("|");
        for (var i = 0; i < 3; i++)
        {
            s_late[2 * i]();
            twait(r);
        }

        foreach (var each in all) trace.Add(each());
        trace.Add("|");
        for (var i = 0; i < 3; i++) s_late[(2 * i) + 1]();
        foreach (var each in all) trace.Add(each());
        done.Trigger();
    }

    [Fact]
    public void Fields_of_captured_structs_are_slots_that_the_lambda_sees() => Assert.Equal("1 2 3 4 5 6 6 7", Trace.Of(Fields));

    [Tamed] private static partial void Fields(Trace trace, Event done);

    private static void FieldsBody(Trace trace, Event done)
    {
        Outer outer = default;
        (int A, (int B, string C) More) tuple = default;
        var index = 0;
        outer.More = new Inner[2];
        Func<int> value = () => outer.Inner.Value;
        Func<int> a = () => tuple.A;
        Func<int> b = () => tuple.More.B;
        using (twait())
        {
            mkevent(out outer.Inner.Value, out tuple.A, out tuple.More.B).Trigger(1, 2, 3);
            trace.Add(value());
        }

        trace.Add(a());
        trace.Add(b());
        Func<int> next = () => index++;
        using (twait())
        {
            mkevent(out outer.More[next()].Value, out outer.More[next()].Value).Trigger(4, 5);
            outer.More = [.. outer.More, new Inner { Value = 6 }];
        }

        foreach (var each in outer.More) trace.Add(each.Value);
        (tuple.A, outer) = (6, default);
        trace.Add(a());
        using (twait()) Add(trace, mkevent(out (outer.Inner).Value!), value);
        done.Trigger();
    }

    private static void Add(Trace trace, Event<int> e, Func<int> read)
    {
        e.Trigger(7);
        trace.Add(read());
    }

    [Fact]
    public void Slots_in_nested_blocks_of_handlers_are_fresh_each_time() => Assert.Equal("c0:0 c0:5 f0:9 c1:0 c1:6 f1:10 | 5 9 6 10", Trace.Of(Handlers));

    [Tamed] private static partial void Handlers(Trace trace, Event done);

    private static void HandlersBody(Trace trace, Event done)
    {
        var all = new List<Func<int>>();
        for (var i = 0; i < 2; i++)
        {
            try
            {
                throw new InvalidOperationException();
            }
            catch (InvalidOperationException)
            {
                if (i >= 0)
                {
                    int slot;
                    using (twait())
                    {
                        var e = mkevent(out slot);
                        trace.Add($"c{i}:{slot}");
                        asap(e.Bind(5 + i));
                    }

                    trace.Add($"c{i}:{slot}");
                    all.Add(() => slot);
                }
            }
            finally
            {
                do
                {
                    int inner;
                    using (twait()) asap(mkevent(out inner).Bind(9 + i));
                    all.Add(() => inner);
                    trace.Add($"f{i}:{inner}");
                }
                while (i < 0);
            }
        }

        trace.Add("|");
        foreach (var each in all) trace.Add(each());
        done.Trigger();
    }

    [Fact]
    public void The_id_and_error_of_a_join_go_where_they_were_located_and_to_captured_variables() =>
        Assert.Equal("0:7 True 1:8 | 7 0 8 | InvalidOperationException 9", Trace.Of(Joins));

    [Tamed] private static partial void Joins(Trace trace, Event done);

    private static void JoinsBody(Trace trace, Event done)
    {
        using var r = new Rendezvous<int>();
        var ids = new int[3];
        var i = 0;
        Func<int> next = () => i++;
        asap(mkevent(r, 7));
        twait(r, out ids[next()]);
        trace.Add($"0:{ids[0]}");
        asap(mkevent(r, 8));
        twait(r, out int id, out Exception? error);
        Func<bool> failed = () => error is null;
        Func<int> read = () => id;
        trace.Add(failed());
        trace.Add($"{i}:{read()}");
        var kept = ids;
        asap(mkevent(r, 8));
        Func<int[]> swap = () => kept = new int[1];
        twait(r, out kept[next() + swap().Length]);
        trace.Add($"| {string.Join(" ", ids)} |");
        mkevent(r, 9).Fail(new InvalidOperationException());
        twait(r, out id, out error);
        trace.Add(error!.GetType().Name);
        trace.Add(read());
        done.Trigger();
    }
}
