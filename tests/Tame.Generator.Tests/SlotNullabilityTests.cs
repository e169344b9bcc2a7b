using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Tame.Generator.Analysis;
using Tame.Generator.Lowering;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests;

/// <summary>
/// Slots that may hold null, with events of other annotations: the compiler's warning is suppressed if the slot admits the possible values, and nowhere else.
/// </summary>
public sealed class SlotNullabilityTests
{
    [Theory]
    [InlineData("using (twait()) MayBeNull(mkevent(out elements[0]));")]
    [InlineData("using (twait()) MayBeNull(mkevent(out loose));")]
    [InlineData("using (twait()) MayBeNull(mkevent(out string? declared));")]
    [InlineData("using (twait()) MayBeNull((mkevent(out Field)));")]
    [InlineData("using (twait()) { Event<string?> e = mkevent(out loose); MayBeNull(e); }")]
    [InlineData("var r = new Rendezvous<int>(); MayBeNull(mkevent(r, 1, out loose)); twait(r);")]
    [InlineData("using (twait()) Pair(mkevent(out loose, out int n));")]
    [InlineData("using (twait()) MayBeNull(mkevent(out string? declared).WithTimeout(TimeSpan.FromSeconds(1)));")]
    [InlineData("using (twait()) MayBeNull(mkevent(out loose).WithTimeout(TimeSpan.FromSeconds(1), mkevent(out bool _)).WithCancellation(default).WithSignal(PosixSignal.SIGTERM));")]
    [InlineData("using (twait()) MayBeNull(Timeouts.WithTimeout(delay: TimeSpan.FromSeconds(1), e: mkevent(out loose)));")]
    [InlineData("using (twait()) MayBeNull(mkevent(out loose) + mkevent(out elements[0]));")]
    [InlineData("using (twait()) MayBeNull(mkevent(out loose) + given);")]
    [InlineData("using (twait()) MayBeNull(given + (mkevent(out loose)));")]
    [InlineData("using (twait()) MayBeNull(strict.Length > 0 ? mkevent(out loose) : mkevent(out elements[0]).WithTimeout(TimeSpan.FromSeconds(1)));")]
    [InlineData("using (twait()) MayBeNull(strict switch { \"\" => mkevent(out loose), _ => mkevent(out elements[0]) });")]
    [InlineData("using (twait()) { var e = (Event<string?>)mkevent(out loose); MayBeNull(e); }")]
    [InlineData("using (twait()) { Event<string?> e = mkevent(out loose).WithTimeout(TimeSpan.FromSeconds(1)); MayBeNull(e); }")]
    [InlineData("using (twait()) { Event<string?>[] all = [mkevent(out loose)]; MayBeNull(all[0]); }")]
    [InlineData("using (twait()) Callback(mkevent(out loose).ToAction());")]
    [InlineData("using (twait()) { Action<string?> callback = mkevent(out loose).ToAction(); callback(null); }")]
    [InlineData("using (twait()) { EventHandler<EventArgs> handler = mkevent(out object? sender, out EventArgs? data).ToEventHandler(); handler(null, EventArgs.Empty); }")]
    [InlineData("using (twait()) asap(mkevent(out loose).Bind(elements[0]));")]
    [InlineData("using (twait()) mkevent(out loose).WithTimeout(TimeSpan.FromSeconds(1)).Map((int i) => i > 0 ? \"\" : null).Trigger(2);")]
    [InlineData("string? line; using (twait()) reader.ReadLineAsync().Trigger(mkevent(out line));")]
    [InlineData("using (twait()) reader.ReadLineAsync().Trigger(mkevent(out loose).WithTimeout(TimeSpan.FromSeconds(1)));")]
    [InlineData("using (twait()) (strict.Length > 0 ? reader.ReadLineAsync() : Quick()).Trigger((mkevent(out loose)));")]
    [InlineData("using (twait()) reader.ReadLineAsync(default).Trigger(mkevent(out loose));")]
    [InlineData("using (twait()) TaskAdapters.Trigger(e: mkevent(out string? _), task: Quick());")]
    [InlineData("var r = new Rendezvous(); Quick().Trigger(mkevent(r, out loose)); twait(r);")]
    [InlineData("using (twait()) From(new List<string?>(), mkevent(out loose));")]
    [InlineData("using (twait()) mkevent(out loose).Trigger(null);")]
    [InlineData("using (twait()) mkevent(out loose, out int n).Trigger(elements[0], 1);")]
    [InlineData("using (twait()) mkevent(out loose).Start(ct => Quick());")]
    [InlineData("using (twait()) mkevent(out loose).WithTimeout(TimeSpan.FromSeconds(1)).Start(ct => { if (ct.CanBeCanceled) return Quick(); return reader.ReadLineAsync(); });")]
    [InlineData("using (twait()) mkevent(out loose).Start(async ct => await Quick());")]
    [InlineData("using (twait()) mkevent(out loose).Start(async ct => { await Task.Yield(); return null; });")]
    [InlineData("using (twait()) mkevent(out loose).Start(Work);")]
    [InlineData("Func<CancellationToken, Task<string?>> work = Work; using (twait()) mkevent(out loose).Start(work);")]
    [InlineData("twait(e => MayBeNull(e), out elements[0]);")]
    [InlineData("twait(e => MayBeNull(e), out string? declared);")]
    [InlineData("twait((Event<string> e) => { MayBeNull(e); }, out loose);")]
    [InlineData("twait(e => MayBeNull(e.WithTimeout(TimeSpan.FromSeconds(1))), out loose);")]
    [InlineData("twait(e => MayBeNull(e.EndsWithin(TimeSpan.Zero)), out loose);")]
    [InlineData("twait(e => MayBeNull(e + given), out loose);")]
    [InlineData("twait(e => Pair(e), out loose, out int n);")]
    [InlineData("twait(e => reader.ReadLineAsync().Trigger(e), out loose);")]
    [InlineData("twait(e => e.Trigger(null), out loose);")]
    public async Task A_slot_that_admits_null_meets_any_annotation(string code)
    {
        Assert.NotEmpty(CompilerWarnings(code));
        Assert.Empty(await LeftOver(code));
    }

    [Theory]
    [InlineData("using (twait()) MayBeNull(mkevent(out strict));", "CS8620")]
    [InlineData("using (twait()) MayBeNull(mkevent(out strictElements[0]));", "CS8620")]
    [InlineData("using (twait()) Lists(mkevent(out list));", "CS8620")]
    [InlineData("using (twait()) { var e = mkevent(out loose); MayBeNull(e); }", "CS8620")]
    [InlineData("using (twait()) MayBeNull(mkevent(out strict).WithTimeout(TimeSpan.FromSeconds(1)));", "CS8620")]
    [InlineData("using (twait()) MayBeNull(mkevent(out strict).EndsWithin(TimeSpan.Zero));", "CS8620")]
    [InlineData("using (twait()) MayBeNull(mkevent(out loose) + mkevent(out strict));", "CS8620")]
    [InlineData("using (twait()) MayBeNull(mkevent(out loose) + givenStrict);", "CS8620")]
    [InlineData("using (twait()) MayBeNull(given + mkevent(out strict));", "CS8620")]
    [InlineData("using (twait()) MayBeNull(given + givenStrict);", "CS8620")]
    [InlineData("using (twait()) MayBeNull(strict.Length > 0 ? mkevent(out loose) : mkevent(out strict));", "CS8620")]
    [InlineData("using (twait()) MayBeNull(Mine(mkevent(out loose)));", "CS8620")]
    [InlineData("using (twait()) Callback(mkevent(out strict).ToAction());", "CS8620")]
    [InlineData("using (twait()) asap(mkevent(out strict).Bind(elements[0]));", "CS8620")]
    [InlineData("using (twait()) Quick().Trigger(mkevent(out strict));", "CS8620")]
    [InlineData("using (twait()) Quick().Trigger(mkevent(out strict).WithTimeout(TimeSpan.FromSeconds(1)));", "CS8620")]
    [InlineData("using (twait()) Task.FromResult(list).Trigger(mkevent(out strictList));", "CS8620")]
    [InlineData("using (twait()) Quick().Trigger(givenStrict);", "CS8620")]
    [InlineData("using (twait()) From(new List<string?>(), mkevent(out loose), new Action<string>(_ => { }));", "CS8620")]
    [InlineData("using (twait()) mkevent(out strict).Trigger(null);", "CS8625")]
    [InlineData("using (twait()) mkevent(out loose, out strict).Trigger(null, elements[0]);", "CS8604")]
    [InlineData("using (twait()) givenStrict.Trigger(elements[0]);", "CS8604")]
    [InlineData("using (twait()) Taking(mkevent(out loose), elements[0]);", "CS8604")]
    [InlineData("using (twait()) mkevent(out strict).Start(ct => Quick());", "CS8619")]
    [InlineData("using (twait()) mkevent(out strict).Start(async ct => await Quick());", "CS8603")]
    [InlineData("using (twait()) mkevent(out strict).Start(Work);", "CS8621")]
    [InlineData("using (twait()) mkevent(out loose).Start(async ct => { Func<string> inner = () => elements[0]; return inner(); });", "CS8603")]
    [InlineData("twait(e => MayBeNull(e), out strict);", "CS8620")]
    [InlineData("twait(e => MayBeNull(e), out string declared);", "CS8620")]
    [InlineData("twait(e => e.Trigger(null), out strict);", "CS8625")]
    public async Task Where_the_slot_does_not_the_warning_stays(string code, string id) => Assert.Contains(await LeftOver(code), d => d.Id == id);

    private static IEnumerable<Diagnostic> CompilerWarnings(string code) =>
        Compiled.Generate(Compilation(code)).Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(IsOfNullability);

    private static async Task<IEnumerable<Diagnostic>> LeftOver(string code)
    {
        var analyzed = Compiled.Generate(Compilation(code)).Output.WithAnalyzers([new SlotNullabilitySuppressor()]);
        return (await analyzed.GetAllDiagnosticsAsync(TestContext.Current.CancellationToken)).Where(d => IsOfNullability(d) && !d.IsSuppressed);
    }

    private static bool IsOfNullability(Diagnostic diagnostic) => diagnostic.Id is "CS8620" or "CS8619" or "CS8603" or "CS8604" or "CS8621" or "CS8625";

    private static Microsoft.CodeAnalysis.CSharp.CSharpCompilation Compilation(string code) => Compiled.Compilation($$"""
        using System.Runtime.InteropServices;
        using Tame.Testing;
        namespace Tame.Testing
        {
            public static class LoopAssert
            {
                public static Event<T> EndsWithin<T>(this Event<T> e, TimeSpan time) => e;
            }
        }
        public static partial class C
        {
            private static string? Field;
            static void MayBeNull(Event<string?> e) => e.Trigger(null);
            static void Pair(Event<string?, int> e) => e.Trigger(null, 1);
            static void Lists(Event<List<string>> e) => e.Trigger([]);

            static void Callback(Action<string?> action) => action(null);
            static void From<T>(List<T> values, Event<T> e, Action<T>? also = null) { e.Trigger(values[0]); also?.Invoke(values[0]); }
            static void Taking(Event<string> e, string value) => e.Trigger(value);
            static Event<T> Mine<T>(Event<T> e) => e;
            static Task<string?> Quick() => Task.FromResult<string?>(null);
            static Task<string?> Work(CancellationToken token) => Quick();

            [Tamed] public static partial void Run(string?[] elements, string[] strictElements, List<string?> list, List<string> strictList, StreamReader reader, Event<string?> given, Event<string> givenStrict, Event done);

            private static void RunBody(string?[] elements, string[] strictElements, List<string?> list, List<string> strictList, StreamReader reader, Event<string?> given, Event<string> givenStrict, Event done)
            {
                string? loose = "";
                string strict = "";
                {{code}}
                Console.WriteLine(loose + strict);
                done.Trigger();
            }
        }
        """);
}
