using System.Numerics;

namespace Tame.Language.Tests.Shapes;

/// <summary>Type parameters with constraints of all kinds, own and inherited, and overloads told apart by their number.</summary>
public sealed partial class ConstraintTests
{
    [Fact]
    public void Constraints_of_every_kind_hold_in_the_generated_code() => Assert.Equal("a 4 b new Friday Action 3 9", Trace.Of(Constraints));

    [Tamed] private static partial void Constraints(Trace trace, Event done);

    private static void ConstraintsBody(Trace trace, Event done)
    {
        using (twait()) NotNull("a", trace, mkevent());
        using (twait()) Unmanaged(1, trace, mkevent());
        using (twait()) Class<string?>("b", trace, mkevent());
        using (twait()) New<ConstraintTests>(trace, mkevent());
        using (twait()) Enumeration(DayOfWeek.Friday, trace, mkevent());
        using (twait()) Function<Action>(() => { }, trace, mkevent());
        using (twait()) Number(1, 2, trace, mkevent());
        using (twait()) Related<List<int>, IEnumerable<int>, int>([9], trace, mkevent());
        using (twait()) ByRefLike<Span<int>>(mkevent());
        done.Trigger();
    }

    [Tamed] private static partial void NotNull<T>(T value, Trace trace, Event done) where T : notnull;

    private static void NotNullBody<T>(T value, Trace trace, Event done) where T : notnull
    {
        var kept = new Dictionary<T, T> { [value] = value };
        using (twait()) asap(mkevent());
        trace.Add(kept[value]);
        done.Trigger();
    }

    [Tamed] private static unsafe partial void Unmanaged<T>(T value, Trace trace, Event done) where T : unmanaged;

    private static unsafe void UnmanagedBody<T>(T value, Trace trace, Event done) where T : unmanaged
    {
        var kept = new T*[1];
        T? maybe = value;
        using (twait()) asap(mkevent());
        trace.Add(kept[0] is null && maybe.HasValue ? sizeof(T) : 0);
        done.Trigger();
    }

    [Tamed] private static partial void Class<T>(T value, Trace trace, Event done) where T : class?;

    private static void ClassBody<T>(T value, Trace trace, Event done) where T : class?
    {
        T? kept = value;
        using (twait()) asap(mkevent());
        trace.Add(kept);
        done.Trigger();
    }

    [Tamed] private static partial void New<T>(Trace trace, Event done) where T : class, new();

    private static void NewBody<T>(Trace trace, Event done) where T : class, new()
    {
        var kept = new T();
        using (twait()) asap(mkevent());
        trace.Add(kept is null ? "?" : "new");
        done.Trigger();
    }

    [Tamed] private static partial void Enumeration<T>(T value, Trace trace, Event done) where T : struct, Enum;

    private static void EnumerationBody<T>(T value, Trace trace, Event done) where T : struct, Enum
    {
        using (twait()) asap(mkevent());
        trace.Add(Enum.GetName(value));
        done.Trigger();
    }

    [Tamed] private static partial void Function<T>(T function, Trace trace, Event done) where T : Delegate;

    private static void FunctionBody<T>(T function, Trace trace, Event done) where T : Delegate
    {
        using (twait()) asap(mkevent());
        trace.Add(function.GetType().Name);
        done.Trigger();
    }

    [Tamed] private static partial void Number<T>(T a, T b, Trace trace, Event done) where T : struct, INumber<T>;

    private static void NumberBody<T>(T a, T b, Trace trace, Event done) where T : struct, INumber<T>
    {
        var sum = T.Zero;
        using (twait()) asap(mkevent());
        sum += a + b;
        trace.Add(sum);
        done.Trigger();
    }

    [Tamed] private static partial void Related<TList, TItems, T>(TList list, Trace trace, Event done) where TList : class, TItems, new() where TItems : IEnumerable<T>?;

    private static void RelatedBody<TList, TItems, T>(TList list, Trace trace, Event done) where TItems : IEnumerable<T>? where TList : class, TItems, new()
    {
        TItems items = list;
        using (twait()) asap(mkevent());
        foreach (var item in items)
        {
            using (twait()) asap(mkevent());
            trace.Add(item);
        }

        done.Trigger();
    }

    [Tamed] private static partial void ByRefLike<T>(Event done) where T : struct, allows ref struct;

    private static void ByRefLikeBody<T>(Event done) where T : struct, allows ref struct
    {
        T fresh = default;
        Func<T> make = () => new T();
        using (twait()) asap(mkevent());
        fresh = make();
        done.Trigger();
    }

    [Fact]
    public void Inherited_constraints_hold_even_where_nobody_could_write_them() => Assert.Equal("int 1 class True text x struct 2", Trace.Of(Inherited));

    [Tamed] private static partial void Inherited(Trace trace, Event done);

    private static void InheritedBody(Trace trace, Event done)
    {
        using (twait()) new OfInt().Give(1, trace, mkevent());
        using (twait()) new OfClass().Give(new InvalidOperationException(), trace, mkevent());
        using (twait()) new OfText().Give("x", trace, mkevent());
        using (twait()) new OfInt().Struct<int>(2, trace, mkevent());
        done.Trigger();
    }

    private abstract class Above<T>
    {
        public abstract void Give<U>(U value, Trace trace, Event done) where U : T;

        public abstract void Struct<U>(U? value, Trace trace, Event done) where U : struct, IComparable<U>;
    }

    private sealed partial class OfInt : Above<int>
    {
        [Tamed] public override partial void Give<U>(U value, Trace trace, Event done);

        private void GiveBody<U>(U value, Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add("int");
            trace.Add(value);
            done.Trigger();
        }

        [Tamed] public override partial void Struct<U>(U? value, Trace trace, Event done);

        private void StructBody<U>(U? value, Trace trace, Event done) where U : struct, IComparable<U>
        {
            var kept = value;
            using (twait()) asap(mkevent());
            trace.Add("struct");
            trace.Add(kept);
            done.Trigger();
        }
    }

    private sealed partial class OfClass : Above<Exception?>
    {
        [Tamed] public override partial void Give<U>(U value, Trace trace, Event done);

        private void GiveBody<U>(U value, Trace trace, Event done) where U : Exception?
        {
            Exception? kept = value;
            using (twait()) asap(mkevent());
            trace.Add("class");
            trace.Add(kept?.Message.Length > 0);
            done.Trigger();
        }

        public override void Struct<U>(U? value, Trace trace, Event done) => done.Trigger();
    }

    private sealed partial class OfText : Above<string>
    {
        [Tamed] public override partial void Give<U>(U value, Trace trace, Event done) where U : class;

        private void GiveBody<U>(U value, Trace trace, Event done) where U : class
        {
            using (twait()) asap(mkevent());
            trace.Add("text");
            trace.Add(value);
            done.Trigger();
        }

        public override void Struct<U>(U? value, Trace trace, Event done) => done.Trigger();
    }

    [Fact]
    public void Overloads_may_differ_in_the_number_of_type_parameters_only() => Assert.Equal("none one:Int32 two:Int32,String deep:Int32,String,Char,Byte", Trace.Of(Arities));

    [Tamed] private static partial void Arities(Trace trace, Event done);

    private static void AritiesBody(Trace trace, Event done)
    {
        using (twait()) Over(trace, mkevent());
        using (twait()) Over<int>(trace, mkevent());
        using (twait()) Over<int, string>(trace, mkevent());
        using (twait()) A<int>.B<string>.C.D<char>.Show<byte>(trace, mkevent());
        done.Trigger();
    }

    [Tamed] private static partial void Over(Trace trace, Event done);

    [Tamed] private static partial void Over<T>(Trace trace, Event done);

    [Tamed] private static partial void Over<T, U>(Trace trace, Event done);

    private static void OverBody(Trace trace, Event done)
    {
        using (twait()) asap(mkevent());
        trace.Add("none");
        done.Trigger();
    }

    private static void OverBody<T>(Trace trace, Event done)
    {
        using (twait()) asap(mkevent());
        trace.Add("one:" + typeof(T).Name);
        done.Trigger();
    }

    private static void OverBody<T, U>(Trace trace, Event done)
    {
        using (twait()) asap(mkevent());
        trace.Add($"two:{typeof(T).Name},{typeof(U).Name}");
        done.Trigger();
    }

    private static partial class A<T>
    {
        public partial struct B<U>
        {
            public partial interface C
            {
                sealed partial record D<V>
                {
                    [Tamed] public static partial void Show<W>(Trace trace, Event done);

                    private static void ShowBody<W>(Trace trace, Event done)
                    {
                        (T?, U?, V?, W?)[] kept = [default];
                        using (twait()) asap(mkevent());
                        trace.Add("deep:" + string.Join(",", kept.GetType().GetElementType()!.GetGenericArguments().Select(type => type.Name)));
                        done.Trigger();
                    }
                }
            }
        }
    }
}
