using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests;

/// <summary>What a tamed body cannot have (yet) is diagnosed, and nothing is emitted: never miscompiled, never an error in generated code.</summary>
public sealed class RefusalTests
{
    private const string Wait = "using (twait()) asap(mkevent());";

    [Theory]
    [InlineData("TAME028", "try { i++; } catch (Exception) { if (i == 0) { WAIT } }")]
    [InlineData("TAME028", "try { i++; } finally { WAIT }")]
    [InlineData("TAME028", "checked { WAIT }")]
    [InlineData("TAME028", "unchecked { i++; { WAIT } }")]
    [InlineData("TAME028", "foreach (var x in new int[2, 2]) { WAIT }")]
    [InlineData("TAME028", "foreach (var x in new[] { 1 }) { later.Add(() => x); WAIT }")]
    [InlineData("TAME028", "while (i++ < 3) { int x = i; later.Add(L); WAIT int L() => x; }")]
    [InlineData("TAME028", "for (; i < 3; i++) for (int j = 0; j < 2; j++) { later.Add(() => j); WAIT }")]
    [InlineData("TAME028", "again: { int x = i; later.Add(() => x); WAIT } if (++i < 3) goto again;")]
    [InlineData("TAME028", "while (o is int n) { later.Add(() => n); WAIT }")]
    [InlineData("TAME028", "while (i++ < 3) { if (int.TryParse(\"1\", out var n)) later.Add(() => n); WAIT }")]
    [InlineData("TAME028", "while (i++ < 3) { int x = i; var q = from a in later where x > 1 select a; WAIT }")]
    [InlineData("TAME028", "using (twait()) { while (i++ < 3) { int v; mkevent(out v).Trigger(i); later.Add(() => v); } }")]
    [InlineData("TAME028", "int* p = stackalloc int[3]; i = p[0]; WAIT")]
    [InlineData("TAME028", "int k = 3; int* p = &k; i = *p; WAIT i = k;")]
    [InlineData("TAME028", "(int A, int B) k = (1, 2); int* p = &k.A; i = *p; WAIT i = k.A;")]
    [InlineData("TAME027", "lock (later) { WAIT }")]
    [InlineData("TAME027", "fixed (int* p = new int[1]) { WAIT }")]
    [InlineData("TAME027", "for (twait(r); i < 3; i++) { }")]
    [InlineData("TAME027", "for (; i < 3; twait(r)) { }")]
    [InlineData("TAME027", "dynamic d = r; twait(d);")]
    [InlineData("TAME027", "dynamic id = 1; asap(mkevent(ids, id));")]
    [InlineData("TAME021", "Action a = () => { WAIT }; a();")]
    [InlineData("TAME021", "using (twait()) { var q = from a in later select Pass(mkevent()); }")]
    [InlineData("TAME023", "using var b = twait(); asap(mkevent());")]
    [InlineData("TAME026", "while (true) { using (twait()) { asap(mkevent()); if (i == 0) break; } }")]
    [InlineData("TAME026", "while (true) { using (twait()) { asap(mkevent()); switch (i) { case 1: continue; } } }")]
    [InlineData("TAME026", "using (twait()) { asap(mkevent()); goto end; } end: i++;")]
    [InlineData("TAME026", "using (twait()) { asap(mkevent()); return; }")]
    [InlineData("TAME014", "var a = new { X = 1 }; WAIT i = a.X;")]
    [InlineData("TAME014", "foreach (var a in later.Select(l => new { l })) { WAIT }")]
    [InlineData("TAME014", "var f = (ref int x) => x++; WAIT f(ref i);")]
    [InlineData("TAME040", "Span<int> s = new int[3]; foreach (var x in s) { WAIT }")]
    [InlineData("TAME040", "foreach (ref var x in new int[2].AsSpan()) { WAIT }")]
    [InlineData("TAME040", "Span<int> s = new int[3]; WAIT i = s.Length;")]
    [InlineData("TAME040", "var a = new int[1]; ref int s = ref a[0]; WAIT i = s;")]
    [InlineData("TAME040", "using var s = new Stack(); WAIT")]
    [InlineData("TAME040", "using (new Stack()) { WAIT }")]
    public async Task It_is_refused(string rule, string statements) => await Refused(rule, $$"""
        public ref struct Stack { public void Dispose() { } }
        public static unsafe partial class Sample
        {
            private static int Pass(Event e) => 1;
            [Tamed] public static partial void Run(object o, List<Func<int>> later, Rendezvous r, Rendezvous<int> ids, int i, Event done);
            private static void RunBody(object o, List<Func<int>> later, Rendezvous r, Rendezvous<int> ids, int i, Event done)
            {
                {{statements.Replace("WAIT", Wait, StringComparison.Ordinal)}}
                done.Trigger();
            }
        }
        """);

    private static async Task Refused(string rule, string source)
    {
        var compilation = Compiled.Compilation(source);
        var reported = await Compiled.Analyze(compilation);
        Assert.Contains(reported, d => d.Id == rule);
        var (files, output) = Compiled.Generate(compilation);
        Assert.Empty(files);
        Assert.All(Compiled.Problems(output), d => Assert.Equal("CS8795", d.Id));
    }
}
