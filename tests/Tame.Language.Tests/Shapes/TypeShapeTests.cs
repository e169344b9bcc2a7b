namespace Tame.Language.Tests.Shapes;

/// <summary>Tamed methods in every kind of type.</summary>
public sealed partial class TypeShapeTests
{
    [Fact]
    public void Structs_of_every_kind_have_static_ones() => Assert.Equal("struct readonly ref record 3", Trace.Of(Structs));

    [Tamed] private static partial void Structs(Trace trace, Event done);

    private static void StructsBody(Trace trace, Event done)
    {
        using (twait()) Plain.Show(trace, mkevent());
        using (twait()) Readonly.Show(trace, mkevent());
        using (twait()) ByRef.Show(trace, mkevent());
        using (twait()) Pair<int>.Show(new Pair<int>(3), trace, mkevent());
        done.Trigger();
    }

    private partial struct Plain
    {
        [Tamed] public static partial void Show(Trace trace, Event done);

        private static void ShowBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add("struct");
            done.Trigger();
        }
    }

    private readonly partial struct Readonly
    {
        [Tamed] public static partial void Show(Trace trace, Event done);

        private static void ShowBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add("readonly");
            done.Trigger();
        }
    }

    private ref partial struct ByRef
    {
        [Tamed] public static partial void Show(Trace trace, Event done);

        private static void ShowBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add("ref");
            done.Trigger();
        }
    }

    private readonly partial record struct Pair<T>(T Number)
    {
        [Tamed] public static partial void Show(Pair<T> pair, Trace trace, Event done);

        private static void ShowBody(Pair<T> pair, Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add("record");
            trace.Add(pair.Number);
            done.Trigger();
        }
    }

    [Fact]
    public void Records_inherit_and_override_them() => Assert.Equal("shape square:2", Trace.Of(Records));

    [Tamed] private static partial void Records(Trace trace, Event done);

    private static void RecordsBody(Trace trace, Event done)
    {
        using (twait()) new Square(2).Show(trace, mkevent());
        done.Trigger();
    }

    private partial record Shape
    {
        [Tamed] public virtual partial void Show(Trace trace, Event done);

        private void ShowBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add("shape");
            done.Trigger();
        }
    }

    private sealed partial record class Square(int Side) : Shape
    {
        [Tamed] public override partial void Show(Trace trace, Event done);

        private void ShowBody(Trace trace, Event done)
        {
            using (twait()) base.Show(trace, mkevent());
            trace.Add("square:" + Side);
            done.Trigger();
        }
    }

    [Fact]
    public void Static_members_of_interfaces_are_implemented_and_have_defaults() => Assert.Equal("default mine sealed private", Trace.Of(StaticMembers));

    [Tamed] private static partial void StaticMembers(Trace trace, Event done);

    private static void StaticMembersBody(Trace trace, Event done)
    {
        using (twait()) Call<Left>(trace, mkevent());
        using (twait()) Call<Right>(trace, mkevent());
        using (twait()) ((IMaker)new Right()).Sealed(trace, mkevent());
        done.Trigger();
    }

    [Tamed] private static partial void Call<T>(Trace trace, Event done) where T : IMaker, allows ref struct;

    private static void CallBody<T>(Trace trace, Event done) where T : IMaker, allows ref struct
    {
        using (twait()) T.Make(trace, mkevent());
        done.Trigger();
    }

    private partial interface IMaker
    {
        [Tamed] public static virtual partial void Make(Trace trace, Event done);

        private static void MakeBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add("default");
            done.Trigger();
        }

        [Tamed] public partial void Sealed(Trace trace, Event done);

        private void SealedBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add("sealed");
            using (twait()) Private(trace, mkevent());
            done.Trigger();
        }

        [Tamed] private partial void Private(Trace trace, Event done);

        private void PrivateBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add("private");
            done.Trigger();
        }
    }

    private sealed class Left : IMaker;

    private sealed partial class Right : IMaker
    {
        [Tamed] public static partial void Make(Trace trace, Event done);

        private static void MakeBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add("mine");
            done.Trigger();
        }
    }

    [Fact]
    public void Primary_constructor_parameters_are_captured_from_bodies_and_their_lambdas() => Assert.Equal("8 9 9 9", Trace.Of(new Counter(7, 7).Count));

    private class Start(int first)
    {
        protected int First => first;
    }

    private sealed partial class Counter(int number, int first) : Start(first)
    {
        [Tamed] public partial void Count(Trace trace, Event done);

        private void CountBody(Trace trace, Event done)
        {
            trace.Add(First + 1);
            number++;
            var add = () => ++number;
            using (twait()) asap(mkevent());
            trace.Add(add());
            using (twait()) asap(mkevent());
            trace.Add(number);
            using (twait()) Inner(mkevent(out number));
            trace.Add(number);
            done.Trigger();

            void Inner(Event<int> e) => e.Trigger(number);
        }
    }

    [Fact]
    public void A_method_may_hide_another_and_leave_it_reachable() => Assert.Equal("hiding hidden", Trace.Of(new Hiding().Show));

    private partial class Hidden
    {
        [Tamed] public partial void Show(Trace trace, Event done);

        private void ShowBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add("hidden");
            done.Trigger();
        }
    }

    private sealed partial class Hiding : Hidden
    {
        [Tamed] public new partial void Show(Trace trace, Event done);

        private void ShowBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add("hiding");
            using (twait()) base.Show(trace, mkevent());
            done.Trigger();
        }
    }
}
