using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Tests.Flow;

public sealed class RobustnessTests
{
    [Fact]
    public void Waits_stand_in_source_order_with_their_syntax()
    {
        var waits = TamedBody.Of("while (Maybe()) using (twait()) { twait(Ids, out int id); Use(id); } twait(Ids);").Flow.Waits;

        Assert.Equal([true, false, false], waits.Select(wait => wait.IsBlock));
        Assert.Equal(
            [typeof(UsingStatementSyntax), typeof(InvocationExpressionSyntax), typeof(InvocationExpressionSyntax)],
            waits.Select(wait => wait.Syntax.GetType()));
    }

    [Theory]
    [InlineData("int x = ; Wait(); Use(x);")]
    [InlineData("Use(unknown); Wait(); unknown.Foo(out var y, out x); Use(y);")]
    [InlineData("try { goto inside; } finally { inside: Wait(); goto outside; } outside: Wait();")]
    [InlineData("goto nowhere; Wait(); break; continue; yield return 1; await null;")]
    [InlineData("using (twait() Wait(); }")]
    [InlineData("using var b = twait(); using (var c = twait()) { } twait(); twait(1, 2, 3, out int x);")]
    [InlineData("lock (this) { Wait(); } fixed (int* p = a) { Wait(); } int* q = stackalloc int[3]; Wait(); q[0] = 1;")]
    [InlineData("for (twait(Ids); Maybe(); twait(Ids)) { } int x = 1; int x = 2; Wait(); Use(x);")]
    [InlineData("dynamic d = 1; Wait(); d.Foo(d, out int x); d[0] += d; (d, d.X) = d;")]
    [InlineData("try { } Wait(); catch { throw; } throw; (int a, b) = (1, 2, 3); is string s;")]
    [InlineData("__arglist(1); var r = __makeref(r); Wait(); switch (1) { case var v when v > 1: Wait(); default: }")]
    public void Errors_in_the_body_do_no_harm(string statements)
    {
        var body = TamedBody.Parse($"unsafe class Bodies : World {{ void Body(out int o, int o) {{ {statements} }} }}", allowErrors: true);

        Assert.All(body.Flow.Waits, wait => _ = body.Flow.IsReachable(wait.Syntax));
    }

    [Theory]
    [InlineData("async System.Threading.Tasks.Task Body() { int live = 1; await System.Threading.Tasks.Task.Yield(); Wait(); Use(live); }")]
    [InlineData("void Body<T>(T live) where T : struct, IDisposable { Wait(); live.Dispose(); }")]
    [InlineData("IEnumerable<int> Body() { int live = 1; Wait(); yield return live; }")]
    [InlineData("static void Body(string live) { Wait(); checked { Use(live.Length + 1); } }")]
    [InlineData("void Body(in int live, ref int liveToo, scoped Span<int> liveSpan) { Wait(); Use(live); liveToo = 1; liveSpan[0] = 1; }")]
    [InlineData("unsafe void Body(delegate*<int, out int, void> live) { int x = 1; Wait(); live(1, out x); Use(x); }")]
    [InlineData("void Body() { lock (this) { int x = 1; Use(x); } int live = 1; lock (this) { Wait(); } Use(live); }")]
    public void Methods_of_every_kind_are_read(string method) =>
        TamedBody.Parse($"class Bodies : World {{ {method} }}").Check();

    [Fact]
    public void Parameters_of_a_primary_constructor_are_not_the_bodys() =>
        Assert.Empty(TamedBody.Parse("class Bodies(int x) : World { void Body() { Wait(); Use(x); using (twait()) Go(mkevent(out x)); } }").Flow.LiveAcross);

    [Fact]
    public void More_variables_than_fit_in_a_word_are_told_apart()
    {
        var range = Enumerable.Range(0, 200).ToList();
        var before = string.Concat(range.Select(i => $"int {(i % 3 == 0 ? "live" : "x")}{i} = {i}; Use({(i % 3 == 0 ? "live" : "x")}{i});"));
        var after = string.Concat(range.Where(i => i % 3 == 0).Select(i => $"Use(live{i});"));

        TamedBody.Check(before + "Wait();" + after);
    }

    [Fact]
    public void Finally_in_finally_in_finally_is_finite()
    {
        var nested = Enumerable.Range(0, 6).Aggregate("Wait();", (inner, _) => $"try {{ if (Maybe()) throw new Exception(); }} finally {{ {inner} }}");

        TamedBody.Check("int live = 1; int x = 2; Use(x);" + nested + "Use(live);");
    }
}
