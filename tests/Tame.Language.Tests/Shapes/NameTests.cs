namespace Tame.Language.Tests.Shapes;

/// <summary>Names that C# permits and generated code could stumble over: keywords in some places, discards, members named like ours.</summary>
public sealed partial class NameTests
{
    [Fact]
    public void Locals_may_have_names_that_are_keywords_somewhere() => Assert.Equal("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 odd", Trace.Of(Keywords));

    [Tamed] private static partial void Keywords(Trace trace, Event done);

    private static void KeywordsBody(Trace trace, Event done)
    {
        int @await = 1, @var = 2, @dynamic = 3, @field = 4, @record = 5, @file = 6, @scoped = 7, @required = 8, @yield = 9, @partial = 10, @when = 11, @from = 12;
        const int @not = 13;
        int @select = 14, global = 15, @args = 16;
        using (twait()) asap(mkevent());
        int[] all = [@await, @var, @dynamic, @field, @record, @file, @scoped, @required, @yield, @partial, @when, @from, @not, @select, global, args];
        foreach (var each in all) trace.Add(each);
        if (all is [_, .., 13, _, _, _] and not [] && all[12] is @not)
        {
            using (twait()) asap(mkevent());
            int @and = 1, @or = 2;
            if (@and is not 2 and 1 && @or is 1 or 2) trace.Add("odd");
        }

        done.Trigger();
    }

    [Fact]
    public void Plain_locals_keep_their_sign() => Assert.Equal("3 3 x", Trace.Of(PlainNames));

    [Tamed] private static partial void PlainNames(Trace trace, Event done);

    private static void PlainNamesBody(Trace trace, Event done)
    {
        int @await = 1, @yield = 2, @var = @await + @yield;
        @await = @var;
        trace.Add(@await);
        const int @not = 3;
        if (@await is @not) trace.Add(@not);
        Func<string, string> @nameof = text => text;
        trace.Add(@nameof("x"));
        using (twait()) asap(mkevent());
        done.Trigger();
    }

    [Fact]
    public void An_underscore_may_be_a_parameter_a_local_or_a_discard() => Assert.Equal("1 2 3 field", Trace.Of(Underscores));

    [Tamed] private static partial void Underscores(Trace trace, Event done);

    private static void UnderscoresBody(Trace trace, Event done)
    {
        using (twait()) Underscore(1, trace, mkevent());
        {
            int _ = 2;
            using (twait()) asap(mkevent());
            trace.Add(_);
        }

        {
            _ = trace.ToString();
            using (twait()) asap(mkevent());
            if (int.TryParse("3", out _) && int.TryParse("3", out var three)) trace.Add(three);
        }

        using (twait()) new Holder().Show(trace, mkevent());
        using (twait()) Sign._(mkevent());
        done.Trigger();
    }

    [Tamed] private static partial void Underscore(int _, Trace trace, Event done);

    private static void UnderscoreBody(int _, Trace trace, Event done)
    {
        using (twait()) asap(mkevent());
        trace.Add(_);
        done.Trigger();
    }

    private sealed partial class Holder
    {
        private readonly string _ = "field";

        [Tamed] public partial void Show(Trace trace, Event done);

        private void ShowBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add(_);
            done.Trigger();
        }
    }

    private static partial class Sign
    {
        [Tamed] public static partial void _(Event done);

        private static void _Body(Event done)
        {
            using (twait()) asap(mkevent());
            done.Trigger();
        }
    }

    [Fact]
    public void Methods_may_be_called_like_objects_own_and_like_ours() =>
        Assert.Equal("Equals GetHashCode ToString Finalize Resume State Start Clear nameof partial class é", Trace.Of(Methods));

    [Tamed] private static partial void Methods(Trace trace, Event done);

    private static void MethodsBody(Trace trace, Event done)
    {
        var all = new Everything();
        using (twait()) all.Equals(trace, mkevent());
        using (twait()) all.GetHashCode(trace, mkevent());
        using (twait()) all.ToString(trace, mkevent());
        using (twait()) all.Finalize(trace, mkevent());
        using (twait()) all.Resume(trace, mkevent());
        using (twait()) all.State(trace, mkevent());
        using (twait()) all.Start(trace, mkevent());
        using (twait()) all.Clear(trace, mkevent());
        using (twait()) Everything.nameof(trace, mkevent());
        using (twait()) all.partial(trace, mkevent());
        using (twait()) all.@class(trace, mkevent());
        using (twait()) all.\u00e9(trace, mkevent());
        done.Trigger();
    }

    private sealed partial class Everything
    {
        private const int Rent = 1, StartHeld = Rent, Release = StartHeld, Closure = Release;

        [Tamed] public partial void Equals(Trace trace, Event done);
        [Tamed] public partial void GetHashCode(Trace trace, Event done);
        [Tamed] public partial void ToString(Trace trace, Event done);
        [Tamed] public partial void Finalize(Trace trace, Event done);
        [Tamed] public partial void Resume(Trace trace, Event done);
        [Tamed] public partial void State(Trace trace, Event done);
        [Tamed] public partial void Start(Trace trace, Event done);
        [Tamed] public partial void Clear(Trace trace, Event done);
        [Tamed] public static partial void nameof(Trace trace, Event done);
        [Tamed] public partial void partial(Trace trace, Event done);
        [Tamed] public partial void @class(Trace trace, Event done);
        [Tamed] public partial void é(Trace trace, Event done);

        private void EqualsBody(Trace trace, Event done) => Say(Equals(this) ? "Equals" : "?", trace, done);
        private void GetHashCodeBody(Trace trace, Event done) => Say("GetHashCode", trace, done);
        private void ToStringBody(Trace trace, Event done) => Say("ToString", trace, done);
        private void FinalizeBody(Trace trace, Event done) => Say("Finalize", trace, done);
        private void ResumeBody(Trace trace, Event done) => Say("Resume", trace, done);
        private void StateBody(Trace trace, Event done) => Say("State", trace, done);
        private void StartBody(Trace trace, Event done) => Say("Start", trace, done);
        private void ClearBody(Trace trace, Event done) => Say("Clear", trace, done);
        private static void nameofBody(Trace trace, Event done) => Say("nameof", trace, done);
        private void partialBody(Trace trace, Event done) => Say("partial", trace, done);
        private void @classBody(Trace trace, Event done) => Say("class", trace, done);
        private void \u00e9Body(Trace trace, Event done) => Say("\u00e9", trace, done);

        [Tamed] private static partial void Say(string word, Trace trace, Event done);

        private static void SayBody(string word, Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add(word);
            done.Trigger();
        }
    }

    [Fact]
    public void Members_called_like_the_generated_ones_stay_apart_from_them() => Assert.Equal("1 2 3 4 slot", Trace.Of(new Generated().Show));

    private class GeneratedBase
    {
        protected static int Show__2_Resume() => 4;
    }

    private sealed partial class Generated : GeneratedBase
    {
        private readonly string[] _slots = ["slot"];
        private const int ShowClosure = 1;
        private static int Show__Resume(int n) => n;
        private static string Show__Slot1(string[] slots) => slots[0];

        private sealed class Show__Closure
        {
            public static int Three => 3;
        }

        [Tamed] public partial void Show(Trace trace, Event done);

        private void ShowBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent(), out _);
            trace.Add(ShowClosure);
            trace.Add(Show__Resume(2));
            trace.Add(Show__Closure.Three);
            using (twait()) Show(mkevent(out _slots[0]), trace);
            trace.Add(Show__Slot1(_slots));
            done.Trigger();
        }

        private static void asap(Event done, out int n)
        {
            n = 0;
            Primitives.asap(done);
        }

        [Tamed] private partial void Show(Event<string> done, Trace trace);

        private void ShowBody(Event<string> done, Trace trace)
        {
            using (twait()) Primitives.asap(mkevent());
            trace.Add(Show__2_Resume());
            done.Trigger("slot");
        }
    }

    [Fact]
    public void Types_may_have_names_that_are_keywords_somewhere() => Assert.Equal("required scoped file record 1", Trace.Of(OddTypes));

    [Tamed] private static partial void OddTypes(Trace trace, Event done);

    private static void OddTypesBody(Trace trace, Event done)
    {
        using (twait()) @required<int>.Show(1, trace, mkevent());
        using (twait()) @required<int>.@scoped.Show<int>(trace, mkevent());
        using (twait()) @file.Show(trace, mkevent());
        using (twait()) new @record().Show<@record, int>(1, trace, mkevent());
        done.Trigger();
    }

#pragma warning disable CS8981, CS8860 // names in lower case
    private static partial class @required<@file>
    {
        [Tamed] public static partial void Show(@file given, Trace trace, Event done);

        private static void ShowBody(@file given, Trace trace, Event done)
        {
            var kept = given;
            using (twait()) asap(mkevent());
            trace.Add(kept is null ? "?" : "required");
            done.Trigger();
        }

        public static partial class @scoped
        {
            [Tamed] public static partial void Show<@var>(Trace trace, Event done);

            private static void ShowBody<@var>(Trace trace, Event done)
            {
                using (twait()) asap(mkevent());
                trace.Add("scoped");
                done.Trigger();
            }
        }
    }

    private static partial class @file
    {
        [Tamed] public static partial void Show(Trace trace, Event done);

        private static void ShowBody(Trace trace, Event done)
        {
            using (twait()) asap(mkevent());
            trace.Add("file");
            done.Trigger();
        }
    }

    private sealed partial class @record : IComparable<int>
    {
        public int CompareTo(int other) => 0;

        [Tamed] public partial void Show<@scoped, @where>(@where kept, Trace trace, Event done) where @scoped : class, IComparable<@where> where @where : struct;

        private void ShowBody<@scoped, @where>(@where kept, Trace trace, Event done) where @scoped : class, IComparable<@where> where @where : struct
        {
            @scoped? self = this as @scoped;
            using (twait()) asap(mkevent());
            trace.Add(self is null ? "?" : "record");
            trace.Add(kept);
            done.Trigger();
        }
    }
#pragma warning restore CS8981, CS8860
}
