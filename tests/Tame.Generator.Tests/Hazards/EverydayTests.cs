using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Hazards;

/// <summary>Everything that C# allows around and in the lambda of a <c>twait</c> also compiles as a part of the body.</summary>
public sealed class EverydayTests
{
    private static readonly RuleUnderTest s_rule = new("TAME028");

    [Theory]
    [InlineData("int e = 1; twait(e => asap(e)); Use(e);")]
    [InlineData("int x = 1; twait(e => { int x = 2; Use(x); asap(e); }); Use(x);")]
    [InlineData("int y = 1; Use(y); twait(e => { int y = 2; Use(y); asap(e); });")]
    [InlineData("int y = 1; Use(y); twait(y => asap(y)); { int e = 3; Use(e); } twait(e => asap(e));")]
    [InlineData("twait(n => { int done = 1; Use(done); asap(n); });")]
    [InlineData("twait(_field => asap(_field)); Use(_field);")]
    public async Task Names_may_hide_others(string code) => await s_rule.LetsBe(code);

    [Theory]
    [InlineData("again: twait(e => { if (n > 3) goto next; asap(e); next: Use(1); }); twait(e => { next: if (n++ < 3) goto next; asap(e); }); if (n-- > 0) goto again;")]
    [InlineData("twait(e => { foreach (var i in numbers) { if (i > 3) { e.Trigger(); return; } } asap(e); });")]
    [InlineData("twait(e => { lock (box) { if (n > 3) { e.Trigger(); return; } } asap(e); });")]
    [InlineData("twait(e => { try { if (n > 3) { e.Trigger(); return; } } finally { Use(n); } asap(e); });")]
    [InlineData("twait(e => { switch (n) { case 1: e.Trigger(); return; case 2: goto case 1; default: break; } asap(e); });")]
    [InlineData("twait(e => { Func<int> three = () => { return 3; }; Use(three()); asap(e); return; });")]
    [InlineData("twait(e => { while (true) { if (n-- < 0) break; } asap(e); });")]
    [InlineData("twait(e => { bool more = n > 3; switch (more) { case true: asap(e); return; case false: e.Trigger(); return; } });")]
    public async Task Jumps_stay_in_the_lambda(string code) => await s_rule.LetsBe(code);

    [Theory]
    [InlineData("twait(e => { void Complete() => e.Trigger(); Complete(); });")]
    [InlineData("for (var i = 0; i < n; i++) { int k = i; twait(e => { Action a = () => { Use(k); e.Trigger(); }; a(); }); }")]
    [InlineData("twait(e => { async Task Go() { await Task.Yield(); e.Trigger(); } _ = Go(); });")]
    [InlineData("twait(e => Task.Run(async () => { await Task.Yield(); e.Trigger(); }));")]
    [InlineData("twait(Task.Run(() => n + 1), out int result); Use(result);")]
    [InlineData("foreach (var each in numbers) { twait(Task.Run(() => each + 1), out n); }")]
    [InlineData("twait(e => { Use(numbers.Where(i => i > n).ToList()); Use(from i in numbers select i + n); asap(e); });")]
    [InlineData("int last = 0; Func<int> read = () => last; twait(e => Get(e), out last); Use(read());")]
    [InlineData("var a = new { X = n }; twait(e => { Use(a.X); asap(e); }); Use(a.X);")]
    [InlineData("var a = new { X = n }; twait(e => { Func<int> f = () => a.X; Use(f()); asap(e); }); Use(a.X);")]
    public async Task Functions_in_it_capture_what_they_may(string code) => await s_rule.LetsBe(code);

    [Theory]
    [InlineData("twait(e => { if (box is { Value: > 3 } found) Use(found); asap(e); });")]
    [InlineData("twait(e => Both(out var made, e)); static void Both(out int made, Event e) { made = 1; e.Trigger(); }")]
    [InlineData("twait(Made(out var made), out int result); Use(made + result); static Task<int> Made(out int made) { made = 1; return Task.FromResult(2); }")]
    [InlineData("twait(box is { Value: var v } ? Task.FromResult(v) : Task.FromResult(1), out numbers[n++]); Use(n);")]
    [InlineData("dynamic d = 1; twait(e => { d.Go(); asap(e); }); Use(d);")]
    [InlineData("twait(e => { Use(nameof(e)); asap(e); });")]
    [InlineData("twait(e => _ = Complete(e)); static bool Complete(Event e) => e.Trigger();")]
    [InlineData("twait(e => { Span<int> some = stackalloc int[3]; Use(some.Length); asap(e); });")]
    [InlineData("twait(e => { using var stream = new MemoryStream(); Use(stream); asap(e); });")]
    [InlineData("twait(e => { const int Three = 3; Use(Three); asap(e); });")]
    [InlineData("twait(e => { var (a, b) = (n, 2); Use(a + b); asap(e); });")]
    public async Task Declarations_stay_in_the_lambda(string code) => await s_rule.LetsBe(code);

    [Theory]
    [InlineData("if (n > 3) twait(e => asap(e)); else twait(Task.CompletedTask);")]
    [InlineData("while (n-- > 0) twait(e => { asap(e); });")]
    [InlineData("do twait(Task.CompletedTask); while (n-- > 0);")]
    [InlineData("for (; n > 0; n--) twait(Task.FromResult(n), out int _);")]
    [InlineData("foreach (var each in numbers) twait(e => Get(e), out n);")]
    [InlineData("using (new MemoryStream()) twait(e => asap(e));")]
    [InlineData("switch (n) { case 1: twait(e => asap(e)); break; case 2: twait(Task.CompletedTask); goto case 1; default: twait(e => Get(e), out n); break; }")]
    [InlineData("checked { twait(e => Use(n + 1)); }", "TAME062")]
    [InlineData("checked { twait(e => { Use(n + 1); asap(e); }); twait(Task.FromResult(n + 1), out n); }")]
    [InlineData("unchecked { twait(e => Get(e.Map((int i) => i + n)), out numbers[n + 1]); }")]
    [InlineData("try { twait(Task.CompletedTask); } catch (InvalidOperationException) when (n > 3) { twait(e => asap(e)); } finally { twait(e => { asap(e); }); }")]
    [InlineData("using (twait()) { twait(e => asap(e)); asap(mkevent()); twait(Task.FromResult(1), out n); }")]
    public async Task It_may_stand_wherever_a_statement_may(string code, string? but = null)
    {
        if (but is null) await s_rule.LetsBe(code);
        else Assert.Equal([but], (await Compiled.Analyze(Compiled.Compilation(Stage.Set(code)))).Select(d => d.Id));
    }

    [Theory]
    [InlineData("twait(e => Get(e), out _field); twait(e => Get(e), out s_field); twait(e => Get(e), out box.Value); twait(e => Get(e), out box.Pair.A);")]
    [InlineData("twait(e => Get(e), out this._field); twait(e => Get(e), out _pair.Many[n++]); twait(e => Get(e), out (n));")]
    [InlineData("twait(value: out n, start: e => Get(e)); twait<int>(e => Get(e), out n); Tame.Primitives.twait(e => Get(e), out n); global::Tame.Primitives.twait<int>(Task.FromResult(1), out n);")]
    [InlineData("twait((Event<int> e) => Get(e), out _); twait(e => Get(e), out int _); twait(Task.FromResult(1), out _);")]
    [InlineData("Task? task = Task.CompletedTask; twait(task!); twait((task)); twait(n > 3 ? task : Task.FromResult(1));")]
    [InlineData("string? name = null; twait(e => asap(e.Bind(\"\")), out name); Use(name.Length);")]
    public async Task Any_slot_and_any_spelling_will_do(string code) => await s_rule.LetsBe(code);

    [Fact]
    public async Task Type_parameters_are_what_they_are_around_it() => await s_rule.LetsBe("""
        [Tamed] public static partial void Act<T, TTask>(TTask task, Action<Event<T>> start, Event<T> done) where TTask : Task<T>;
        private static void ActBody<T, TTask>(TTask task, Action<Event<T>> start, Event<T> done) where TTask : Task<T>
        {
            twait(e => start(e), out T first);
            twait<T>(task, out var second);
            twait((Task<T>)task, out T third);
            Use(second);
            Use(third);
            done.Trigger(first);
        }
        """);

    [Fact]
    public async Task A_result_may_have_an_anonymous_type() => await s_rule.LetsBe("twait(Task.FromResult(new { X = 1 }), out var a); Use(a.X);");
}
