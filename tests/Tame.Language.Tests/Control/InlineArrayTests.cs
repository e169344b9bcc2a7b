using System.Runtime.CompilerServices;

namespace Tame.Language.Tests.Control;

/// <summary>Waits in a <c>foreach</c> over an inline array, beside the same body as an async method.</summary>
public sealed partial class InlineArrayTests
{
    [InlineArray(3)]
    private struct Three
    {
        private int _first;
    }

    [InlineArray(2)]
    private struct Pair<T>
    {
        private T _first;
    }

    private struct Box
    {
        public Three Items;
    }

    private sealed class Holder
    {
        public Box Box;

        public Three Copy => Box.Items;
    }

    private static Three s_field;

    private static Three Make()
    {
        var made = default(Three);
        for (var i = 0; i < 3; i++) made[i] = 7 + i;
        return made;
    }

    [Fact]
    public async Task The_variable_is_gone_through_where_it_lies()
    {
        var expected = new Trace();
        await VariablesAsync(expected, Make());
        Assert.Equal("0 4 5 7 0 0 1 3 0 0 3 6 0 0 77", expected.ToString());
        s_field = default;
        Assert.Equal(expected.ToString(), Trace.Of((trace, done) => Variables(trace, Make(), done)));
        s_field = default;
    }

    [Tamed] private static partial void Variables(Trace trace, Three parameter, Event done);

    private static void VariablesBody(Trace trace, Three parameter, Event done)
    {
        var three = default(Three);
        three[1] = 4;
        foreach (var item in three)
        {
            three[2] = 5;
            using (twait()) asap(mkevent());
            trace.Add(item);
        }

        foreach (var item in parameter)
        {
            parameter = default;
            using (twait()) asap(mkevent());
            trace.Add(item);
        }

        var box = default(Box);
        box.Items[0] = 1;
        foreach (var item in box.Items)
        {
            box.Items[1] = 3;
            using (twait()) asap(mkevent());
            trace.Add(item);
        }

        var holders = new Holder[] { new() };
        var (index, first) = (0, holders[0]);
        foreach (var item in holders[index++].Box.Items)
        {
            index = 9;
            first.Box.Items[1] = 3;
            first.Box.Items[2] = 6;
            using (twait()) asap(mkevent());
            trace.Add(item);
        }

        foreach (var item in s_field)
        {
            s_field[2] = 77;
            using (twait()) asap(mkevent());
            trace.Add(item);
        }

        done.Trigger();
    }

    private static async Task VariablesAsync(Trace trace, Three parameter)
    {
        var three = default(Three);
        three[1] = 4;
        foreach (var item in three)
        {
            three[2] = 5;
            await Task.Yield();
            trace.Add(item);
        }

        foreach (var item in parameter)
        {
            parameter = default;
            await Task.Yield();
            trace.Add(item);
        }

        var box = default(Box);
        box.Items[0] = 1;
        foreach (var item in box.Items)
        {
            box.Items[1] = 3;
            await Task.Yield();
            trace.Add(item);
        }

        var holders = new Holder[] { new() };
        var (index, first) = (0, holders[0]);
        foreach (var item in holders[index++].Box.Items)
        {
            index = 9;
            first.Box.Items[1] = 3;
            first.Box.Items[2] = 6;
            await Task.Yield();
            trace.Add(item);
        }

        foreach (var item in s_field)
        {
            s_field[2] = 77;
            await Task.Yield();
            trace.Add(item);
        }
    }

    /// <summary>An async method looks the element up each time, and so reads the new holder; a body without waits reads the old one.</summary>
    [Fact]
    public void The_object_that_holds_it_is_evaluated_once()
    {
        var expected = new Trace();
        var holders = new Holder[] { new() };
        var first = holders[0];
        foreach (var item in holders[0].Box.Items)
        {
            holders[0] = new Holder();
            first.Box.Items[2] = 6;
            expected.Add(item);
        }

        Assert.Equal("0 0 6", expected.ToString());
        Assert.Equal(expected.ToString(), Trace.Of(Replaced));
    }

    [Tamed] private static partial void Replaced(Trace trace, Event done);

    private static void ReplacedBody(Trace trace, Event done)
    {
        var holders = new Holder[] { new() };
        var first = holders[0];
        foreach (var item in holders[0].Box.Items)
        {
            holders[0] = new Holder();
            first.Box.Items[2] = 6;
            using (twait()) asap(mkevent());
            trace.Add(item);
        }

        done.Trigger();
    }

    [Fact]
    public void A_value_is_copied_first() => Assert.Equal("7 9 7 8 9 24 7 8 9 0 0 0", Trace.Of(Values));

    [Tamed] private static partial void Values(Trace trace, Event done);

    private static void ValuesBody(Trace trace, Event done)
    {
        foreach (var item in Make())
        {
            if (item == 8) continue;
            using (twait()) asap(mkevent());
            trace.Add(item);
        }

        long sum = 0;
        var three = Make();
        foreach (long item in trace is not null ? three : default)
        {
            three[1] = 0;
            using (twait()) asap(mkevent());
            trace!.Add(item);
            sum += item;
        }

        trace!.Add(sum);
        var holder = new Holder();
        holder.Box.Items = Make();
        foreach (var item in holder.Copy)
        {
            holder.Box = default;
            using (twait()) asap(mkevent());
            trace.Add(item);
        }

        foreach (var item in holder.Copy)
        {
            using (twait()) asap(mkevent());
            trace.Add(item);
        }

        done.Trigger();
    }

    [Fact]
    public void They_nest_are_generic_and_are_deconstructed_converted_and_captured() =>
        Assert.Equal("a b 1c 2d over null 5 5 6", Trace.Of((trace, done) => Shapes(trace, "a", "b", done)));

    [Tamed] private static partial void Shapes<T>(Trace trace, T first, T second, Event done);

    private static void ShapesBody<T>(Trace trace, T first, T second, Event done)
    {
        var rows = default(Pair<Pair<T>>);
        (rows[0][0], rows[0][1], rows[1][0], rows[1][1]) = (second, second, first, second);
        var row = 1;
        foreach (var cell in rows[row])
        {
            row = 0;
            using (twait()) asap(mkevent());
            trace.Add(cell);
        }

        var pairs = default(Pair<(int, string)>);
        (pairs[0], pairs[1]) = ((1, "c"), (2, "d"));
        foreach (var (number, text) in pairs)
        {
            using (twait()) asap(mkevent());
            trace.Add(number + text);
        }

        try
        {
            checked
            {
                var large = default(Three);
                large[0] = 300;
                foreach (byte item in large)
                {
                    using (twait()) asap(mkevent());
                    trace.Add(item);
                }
            }
        }
        catch (OverflowException)
        {
            trace.Add("over");
        }

        Holder? none = null;
        try
        {
            foreach (var item in none!.Box.Items)
            {
                using (twait()) asap(mkevent());
            }
        }
        catch (NullReferenceException)
        {
            trace.Add("null");
        }

        var three = default(Three);
        var set = (int index, int value) => { three[index] = value; };
        set(0, 5);
        var late = new List<Func<int>>();
        foreach (var item in three)
        {
            set(1, item);
            set(2, 6);
            late.Add(() => item);
            using (twait()) asap(mkevent());
        }

        foreach (var each in late) trace.Add(each());
        done.Trigger();
    }
}
