#pragma warning disable TAME064 // the task is complete
using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tame.Language.Tests.Hazards;

/// <summary>Attributes on local functions and their parameters, wherever those go.</summary>
public sealed partial class AttributeTests
{
    [Fact]
    public void Functions_that_become_methods_are_told_about_their_callers() =>
        Assert.Equal("-10 -2 -21 -4 5 5 CallersTrueTrue53 seed + 143 True 4 + 373 CallersTrueTrue73", Trace.Of(Callers));

    [Tamed] private static partial void Callers(Trace trace, Event done);

    private static void CallersBody(Trace trace, Event done)
    {
        var all = new List<Func<object?>>();
        var seed = 1;
        for (var i = 0; i < 2; i++)
        {
            using var res = new R(trace, () => seed + i);
            all.Add(() => res.Name);
            using (var own = new R(trace, () => seed * 10 + i)) using (twait()) asap(mkevent());
            Later(() => { seed++; return 0; });
        }

        all.Add(() => Where(5));
        all.Add(() => Text(seed + 1));
        all.Add(Line);
        using (twait()) asap(mkevent());
        foreach (var each in all) trace.Add(each());
        string Where(int x, [CallerMemberName] string m = "", [CallerLineNumber] int line = -1, [CallerFilePath] string f = "") => m + (line is > 20 and < 60) + f.EndsWith("AttributeTests.cs", StringComparison.Ordinal) + x + seed;
        string Text(int v, [CallerArgumentExpression(nameof(v))] string? t = null) => t + v + seed;
        object? Line() => seed > 0 && Where(1).Contains("True");
        trace.Add(Text(4 + 3));
        trace.Add(Where(7));
        done.Trigger();
    }

    private static void Later(Func<int> f) => f();
    private sealed class R(Trace t, Func<int> name) : IDisposable
    {
        public int Name => name();
        public void Dispose() => t.Add("-" + name());
    }

    [Fact]
    public void Functions_that_become_methods_keep_their_attributes() => Assert.Equal("wordsseed 1 1 2 i1 1", Trace.Of(Attributes));

    [Tamed] private static partial void Attributes(Trace trace, Event done);

    private static void AttributesBody(Trace trace, Event done)
    {
        const string Words = "words";
        var seed = 1;
        Func<int, Task<int>> f = Fn;
        Func<CancellationToken, IAsyncEnumerable<int>> g = It;
        using (twait()) asap(mkevent());
        trace.Add(f.Method.GetCustomAttributes(typeof(DescriptionAttribute), false).Cast<DescriptionAttribute>().Single().Description);
        trace.Add(f.Method.GetParameters()[0].GetCustomAttributes(typeof(DescriptionAttribute), false).Length);
        trace.Add(f.Method.ReturnParameter.GetCustomAttributes(typeof(DescriptionAttribute), false).Length);
        trace.Add(f(1).Result);
        using var c = new CancellationTokenSource();
        c.Cancel();
        Walk(g(default).WithCancellation(c.Token), trace);
        Cond(trace);
        Action more = () => Cond2();
        more();
        done.Trigger();
        [StackTraceHidden]
        [Description(Words + nameof(seed))]
        [return: Description(Words)]
        async Task<int> Fn([Description(nameof(seed) /* a */)]
        // b
        int a)
        {
            await Task.CompletedTask;
            return a + seed;
        }

        async IAsyncEnumerable<int> It([EnumeratorCancellation] CancellationToken t)
        {
            await Task.CompletedTask;
            yield return t.IsCancellationRequested ? seed : 0;
        }

        void Cond2()
        {
            trace.Add(seed);
            Cond(trace);
        }

        [Conditional("NEVER")] static void Cond(Trace t) => t.Add("never");
    }

    /// <summary>What C# says of the same text in an ordinary method is right.</summary>
    [Fact]
    public void Attributes_of_functions_anywhere_are_told_their_own_line_and_name()
    {
        var line = Place.LineOf((Func<int, int>)Ordinary);
        Assert.Equal($"Block {line + 9} Block {line + 9} Same {line + 13} Same {line + 14} moved {line + 21} at {line + 27}", Trace.Of(Told));

        [Place] static int Ordinary(int x) => x;
    }

    [Tamed] private static partial void Told(Trace trace, Event done);

    private static void ToldBody(Trace trace, Event done)
    {
        using (twait())
        {
            [Place] int Block([Place] int x) => x; trace.Add(Place.Of((Func<int, int>)Block) + " " + Place.OfParameter((Func<int, int>)Block));
            asap(mkevent());
        }

        { [Place] static int Same(int x) => x; trace.Add(Place.Of((Func<int, int>)Same)); }
        { [Place] int Same(int x) => x + trace.GetHashCode(); trace.Add(Place.Of((Func<int, int>)Same)); }
        try
        {
            using (twait()) asap(mkevent());
        }
        finally
        {
            [Place("moved")] int Given(int x) => x; trace.Add(Place.Of((Func<int, int>)Given));
        }

        trace.Add(Place.Of((Func<int, int>)At));
        done.Trigger();

        [Place(Name = "at")] int At(int x) => x + trace.GetHashCode();
    }

    [AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter)]
    private sealed class Place([CallerMemberName] string member = "", [CallerLineNumber] int line = 0) : Attribute
    {
        public string Name { get; set; } = member;

        public static string Of(Delegate function) => Text(function.Method);

        public static string OfParameter(Delegate function) => Text(function.Method.GetParameters().Single());

        public static int LineOf(Delegate function) => In(function.Method).Line;

        private int Line => line;

        private static string Text(ICustomAttributeProvider place) => In(place).Name + " " + In(place).Line;

        private static Place In(ICustomAttributeProvider place) => (Place)place.GetCustomAttributes(typeof(Place), inherit: false).Single();
    }

    private static async void Walk(ConfiguredCancelableAsyncEnumerable<int> i, Trace t)
    {
        await foreach (var x in i) t.Add("i" + x);
    }
}
