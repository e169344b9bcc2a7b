namespace Tame.Language.Tests.Pairs;

/// <summary>Generic methods and types, overloads, and what the declaration alone says about parameters.</summary>
public sealed partial class GenericTests
{
    [Fact]
    public void Type_parameters_of_the_method_and_of_the_types_around_it_may_be_kept() =>
        Assert.Equal("1/x/True 0//False", Trace.Of(Generics));

    [Tamed] private static partial void Generics(Trace trace, Event done);

    private static void GenericsBody(Trace trace, Event done)
    {
        using (twait()) new Outer<int>.Inner<string>(1).Keep("x", true, trace, mkevent());
        using (twait()) new Outer<int>.Inner<string?>(default).Keep(null, false, trace, mkevent());
        done.Trigger();
    }

    private sealed partial class Outer<T> where T : struct
    {
        public sealed partial class Inner<TInner>(T captured)
        {
            private static readonly List<TInner> s_seen = [];

            [Tamed] public partial void Keep<TMethod>(TInner inner, TMethod given, Trace trace, Event done) where TMethod : struct, IEquatable<TMethod>;

            private void KeepBody<TMethod>(TInner inner, TMethod given, Trace trace, Event done) where TMethod : struct, IEquatable<TMethod>
            {
                (T, TInner, TMethod) all = (captured, inner, default);
                TMethod? maybe = null;
                var slots = new TMethod[1];
                using (twait()) asap(mkevent());
                using (twait())
                {
                    mkevent(out all.Item3).Trigger(given);
                    mkevent(out slots[0]).Trigger(given);
                    mkevent(out maybe).Trigger(given);
                }

                s_seen.Add(inner);
                if (!maybe.Value.Equals(all.Item3) || !slots[0].Equals(given)) throw new InvalidOperationException();
                trace.Add($"{all.Item1}/{s_seen[^1]}/{all.Item3}");
                done.Trigger();
            }
        }
    }

    [Fact]
    public void Overloads_are_told_apart() => Assert.Equal("int:1 string:a generic:2.5 array:2 none", Trace.Of(Overloads));

    [Tamed] private static partial void Overloads(Trace trace, Event done);

    private static void OverloadsBody(Trace trace, Event done)
    {
        using (twait()) Over(trace, 1, mkevent());
        using (twait()) Over(trace, "a", mkevent());
        using (twait()) Over(trace, 2.5, mkevent());
        using (twait()) Over(trace, mkevent(), 1, 2);
        using (twait()) Over(trace, mkevent());
        done.Trigger();
    }

    [Tamed] private static partial void Over(Trace trace, int value, Event done);

    [Tamed] private static partial void Over(Trace trace, string value, Event done);

    [Tamed] private static partial void Over<T>(Trace trace, T value, Event done);

    [Tamed] private static partial void Over(Trace trace, Event done, params int[] values);

    [Tamed(nameof(OverNothing))] private static partial void Over(Trace trace, Event done);

    private static void OverBody(Trace trace, int value, Event done)
    {
        using (twait()) asap(mkevent());
        trace.Add("int:" + value);
        done.Trigger();
    }

    private static void OverBody(Trace trace, string value, Event done)
    {
        using (twait()) asap(mkevent());
        trace.Add("string:" + value);
        done.Trigger();
    }

    private static void OverBody<T>(Trace trace, T value, Event done)
    {
        using (twait()) asap(mkevent());
        trace.Add("generic:" + value);
        done.Trigger();
    }

    private static void OverBody(Trace trace, Event done, int[] values)
    {
        using (twait()) asap(mkevent());
        trace.Add("array:" + values.Length);
        done.Trigger();
    }

    private static void OverNothing(Trace trace, Event done)
    {
        using (twait()) asap(mkevent());
        trace.Add("none");
        done.Trigger();
    }

    [Fact]
    public void Defaults_and_names_are_the_declarations() => Assert.Equal("1:a 2:b 1:c (3, 4)", Trace.Of(Defaults));

    [Tamed] private static partial void Defaults(Trace trace, Event done);

    private static void DefaultsBody(Trace trace, Event done)
    {
        using (twait()) Named(trace, mkevent());
        using (twait()) Named(text: "b", number: 2, done: mkevent(), trace: trace);
        using (twait()) Named(trace, mkevent(), text: "c");
        using (twait()) Tuples(trace, (3, 4), mkevent());
        done.Trigger();
    }

    [Tamed] private static partial void Named(Trace trace, Event done, int number = 1, string text = "a");

    private static void NamedBody(Trace trace, Event done, int number, string text)
    {
        using (twait()) asap(mkevent());
        trace.Add($"{number}:{text}");
        done.Trigger();
    }

    [Tamed] private static partial void Tuples(Trace trace, (int A, int B) pair, Event done);

    private static void TuplesBody(Trace trace, (int First, int Second) pair, Event done)
    {
        using (twait()) asap(mkevent());
        trace.Add((pair.First, pair.Second));
        done.Trigger();
    }

    [Fact]
    public void An_override_may_need_to_say_what_a_nullable_type_parameter_is() => Assert.Equal("s", Trace.Of(new Override().Pass));

    private abstract class Above
    {
        public abstract void Give<T>(T? value, Trace trace, Event done);
    }

    private sealed partial class Override : Above
    {
        [Tamed] public override partial void Give<T>(T? value, Trace trace, Event done) where T : default;

        private void GiveBody<T>(T? value, Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add(value);
            done.Trigger();
        }

        public void Pass(Trace trace, Event done) => Give("s", trace, done);
    }
}
