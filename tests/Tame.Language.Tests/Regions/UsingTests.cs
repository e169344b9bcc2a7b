namespace Tame.Language.Tests.Regions;

/// <summary>Resources that are held over waits.</summary>
public sealed partial class UsingTests
{
    private sealed class Resource(Trace trace, string name) : IDisposable
    {
        public void Dispose() => trace.Add("-" + name);
    }

    private struct Counter(Trace trace) : IDisposable
    {
        private int _count;

        public int Next() => ++_count;

        public readonly void Dispose() => trace.Add("-" + _count);
    }

    [Fact]
    public void Resources_are_disposed_of_once_in_the_opposite_order() => Assert.Equal("in a b1 out -b1 -a -b2 -b1 end", Trace.Of(Order));

    [Tamed] private static partial void Order(Trace trace, Event done);

    private static void OrderBody(Trace trace, Event done)
    {
        {
            using Resource a = new(trace, "a"), b = new(trace, "b1");
            trace.Add("in");
            using (twait()) asap(mkevent());
            trace.Add("a");
            using Resource? none = null;
            using (twait()) asap(mkevent());
            trace.Add("b1");
            trace.Add("out");
        }

        using (Resource b1 = new(trace, "b1"), b2 = new(trace, "b2"))
        using (twait()) asap(mkevent());
        trace.Add("end");
        done.Trigger();
    }

    [Fact]
    public void A_struct_resource_is_used_and_disposed_of_in_place() => Assert.Equal("1 2 -2 1 -1 -0 end", Trace.Of(Structs));

    [Tamed] private static partial void Structs(Trace trace, Event done);

    private static void StructsBody(Trace trace, Event done)
    {
        using (var counter = new Counter(trace))
        {
            trace.Add(counter.Next());
            using (twait()) asap(mkevent());
            trace.Add(counter.Next());
        }

        {
            using Counter counter = new(trace);
            trace.Add(counter.Next());
            using (twait()) asap(mkevent());
        }

        using (new Counter(trace))
        {
            using (twait()) asap(mkevent());
        }

        trace.Add("end");
        done.Trigger();
    }

    [Fact]
    public void A_nullable_struct_is_disposed_of_where_there_is_one_and_null_never() => Assert.Equal("a -0 b c d", Trace.Of(Nullables));

    [Tamed] private static partial void Nullables(Trace trace, Event done);

    private static void NullablesBody(Trace trace, Event done)
    {
        using (Counter? counter = new Counter(trace))
        {
            using (twait()) asap(mkevent());
            trace.Add("a");
        }

        using (Counter? counter = null)
        {
            using (twait()) asap(mkevent());
            trace.Add("b");
        }

        using (null)
        {
            using (twait()) asap(mkevent());
            trace.Add("c");
        }

        using (IDisposable? none = null)
        {
            using (twait()) asap(mkevent());
            trace.Add("d");
        }

        done.Trigger();
    }

    [Fact]
    public void A_generic_resource_is_disposed_of_by_its_constraint() => Assert.Equal("x -0 x -r", Trace.Of(Generics));

    [Tamed] private static partial void Generics(Trace trace, Event done);

    private static void GenericsBody(Trace trace, Event done)
    {
        using (twait()) Hold(trace, new Counter(trace), mkevent());
        using (twait()) Hold(trace, new Resource(trace, "r"), mkevent());
        done.Trigger();
    }

    [Tamed] private static partial void Hold<T>(Trace trace, T resource, Event done) where T : IDisposable;

    private static void HoldBody<T>(Trace trace, T resource, Event done) where T : IDisposable
    {
        using var held = resource;
        using (twait()) asap(mkevent());
        trace.Add("x");
        done.Trigger();
    }

    [Fact]
    public void However_it_is_left_a_using_disposes_once() => Assert.Equal("0 -0 1 -1 2 -2 3 -3 caught -r", Trace.Of(Ways));

    [Tamed] private static partial void Ways(Trace trace, Event done);

    private static void WaysBody(Trace trace, Event done)
    {
        var i = 0;
    again:
        try
        {
            while (true)
            {
                using var r = new Resource(trace, i.ToString(System.Globalization.CultureInfo.InvariantCulture));
                using (twait()) asap(mkevent());
                trace.Add(i);
                i++;
                if (i == 1) continue;
                if (i == 2) break;
                if (i == 3) goto again;
                throw new InvalidOperationException();
            }

            goto again;
        }
        catch (InvalidOperationException)
        {
            trace.Add("caught");
        }

        using (new Resource(trace, "r"))
        {
            using (twait()) asap(mkevent());
            asap(done);
            return;
        }
    }
}
