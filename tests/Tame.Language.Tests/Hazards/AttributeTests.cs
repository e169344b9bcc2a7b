#pragma warning disable TAME064 // the task is complete
using System.ComponentModel;
using System.Diagnostics;
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

    private static async void Walk(ConfiguredCancelableAsyncEnumerable<int> i, Trace t)
    {
        await foreach (var x in i) t.Add("i" + x);
    }
}
