namespace Tame.Language.Tests.Pairs;

/// <summary>Tamed methods of every shape.</summary>
public sealed partial class ShapeTests
{
    [Fact]
    public void Virtual_override_sealed_and_base_calls_are_as_written() =>
        Assert.Equal("base:1 | derived:2 base:2 | sealed:3 derived:3 base:3 | abstract 4 hidden", Trace.Of(Hierarchy));

    [Tamed] private static partial void Hierarchy(Trace trace, Event done);

    private static void HierarchyBody(Trace trace, Event done)
    {
        using (twait()) new Base().Run(trace, 1, mkevent());
        trace.Add("|");
        using (twait()) new Derived().Run(trace, 2, mkevent());
        trace.Add("|");
        Base last = new Sealed();
        using (twait()) last.Run(trace, 3, mkevent());
        trace.Add("|");
        using (twait()) new Concrete().Do(trace, mkevent());
        done.Trigger();
    }

    private partial class Base
    {
        [Tamed] public virtual partial void Run(Trace trace, int n, Event done);

        private void RunBody(Trace trace, int n, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add($"base:{n}");
            done.Trigger();
        }

        protected virtual string Word => "base";
    }

    private partial class Derived : Base
    {
        [Tamed] public override partial void Run(Trace trace, int n, Event done);

        private void RunBody(Trace trace, int n, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add($"{Word}:{n}");
            using (twait()) base.Run(trace, n, mkevent());
            done.Trigger();
        }

        protected override string Word => "derived";
    }

    private sealed partial class Sealed : Derived
    {
        [Tamed] public sealed override partial void Run(Trace trace, int n, Event done);

        private void RunBody(Trace trace, int n, Event done)
        {
            var call = (Event e) => base.Run(trace, n, e);
            using (twait()) asap(mkevent());
            trace.Add($"sealed:{n}");
            using (twait()) call(mkevent());
            done.Trigger();
        }

        protected override string Word => base.Word;
    }

    private abstract class Abstract
    {
        public abstract void Do(Trace trace, Event done);

        protected static string Hidden => "hidden";
    }

    private sealed partial class Concrete : Abstract
    {
        [Tamed] public override partial void Do(Trace trace, Event done);

        private void DoBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add(Equals(this) ? "abstract" : "?");
            trace.Add(Four());
            trace.Add(Hidden);
            done.Trigger();

            static int Four() => 4;
        }
    }

    [Fact]
    public void Interface_members_are_implemented_and_have_defaults() => Assert.Equal("mine default:7 static", Trace.Of(Interfaces));

    [Tamed] private static partial void Interfaces(Trace trace, Event done);

    private static void InterfacesBody(Trace trace, Event done)
    {
        IWork<int> work = new Work(7);
        using (twait()) work.Own(trace, mkevent());
        using (twait()) work.Default(trace, mkevent());
        using (twait()) IWork<int>.Static(trace, mkevent());
        done.Trigger();
    }

    private partial interface IWork<T>
    {
        T Value { get; }

        void Own(Trace trace, Event done);

        [Tamed] public virtual partial void Default(Trace trace, Event done);

        private void DefaultBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add($"default:{Value}");
            done.Trigger();
        }

        [Tamed] public static partial void Static(Trace trace, Event done);

        private static void StaticBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add("static");
            done.Trigger();
        }
    }

    private sealed partial class Work(int value) : IWork<int>
    {
        public int Value => value;

        [Tamed] public partial void Own(Trace trace, Event done);

        private void OwnBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add("mine");
            done.Trigger();
        }
    }

    [Fact]
    public void Records_structs_and_extension_methods_have_tamed_methods() => Assert.Equal("9 10 struct abc", Trace.Of(Types));

    [Tamed] private static partial void Types(Trace trace, Event done);

    private static void TypesBody(Trace trace, Event done)
    {
        using (twait()) new Entry(9).Show(trace, mkevent());
        using (twait()) (new Entry(9) with { Number = 10 }).Show(trace, mkevent());
        using (twait()) Value.Show(trace, mkevent());
        using (twait()) "abc".Show(trace, mkevent());
        done.Trigger();
    }

    private sealed partial record Entry(int Number)
    {
        [Tamed] public partial void Show(Trace trace, Event done);

        private void ShowBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add(Number);
            done.Trigger();
        }
    }

    private readonly partial record struct Value(int Number)
    {
        [Tamed] public static partial void Show(Trace trace, Event done);

        private static void ShowBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add("struct");
            done.Trigger();
        }
    }
}

internal static partial class Extensions
{
    [Tamed] public static partial void Show(this string text, Trace trace, Event done);

    private static void ShowBody(string text, Trace trace, Event done)
    {
        using (twait()) asap(mkevent());
        trace.Add(text);
        done.Trigger();
    }
}
