using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

/// <summary>Conditions that exclude each other are never passed on one path.</summary>
public sealed class ConditionTests
{
    private static readonly RuleUnderTest s_rule = new("TAME060");

    /// <summary>Each pair or triple covers all possible values of its variable.</summary>
    [Theory]
    [InlineData("if (a) done.Trigger(); if (!a) done.Trigger();")]
    [InlineData("if (a && n > 3) { done.Trigger(); return; } if (!a || n <= 3) done.Trigger();")]
    [InlineData("if (a == true) done.Trigger(); if (a is false) done.Trigger();")]
    [InlineData("if (n > 3) done.Trigger(); if (n <= 3) done.Trigger();")]
    [InlineData("if (3 < n) done.Trigger(); if (n < 4) done.Trigger();")]
    [InlineData("if (n > 0) done.Trigger(); if (n == 0) done.Trigger(); if (n < 0) done.Trigger();")]
    [InlineData("if (n is 1 or 2) done.Trigger(); if (n is not (1 or 2)) done.Trigger();")]
    [InlineData("if (n % 2 == 0) done.Trigger(); if (n % 2 != 0) done.Trigger();")]
    [InlineData("if (n > m) done.Trigger(); if (n <= m) done.Trigger();")]
    [InlineData("if (n == m) done.Trigger(); if (m != 0 && n != m) done.Trigger(); if (m == 0 && n != m) done.Trigger();")]
    [InlineData("if (s is null) done.Trigger(); if (s != null) done.Trigger();")]
    [InlineData("if (s is { }) done.Trigger(); if (s == null) done.Trigger();")]
    [InlineData("if (s is { Length: > 3 } text) { Use(text); done.Trigger(); } else if (s is null) done.Trigger(); else done.Trigger();")]
    [InlineData("if (s == \"a\") done.Trigger(); if (s is not \"a\") done.Trigger();")]
    [InlineData("if (all.Length == 0) { done.Trigger(); } using (twait()) asap(mkevent()); if (all.Length > 0) done.Trigger();")]
    [InlineData("if (maybe.HasValue) done.Trigger(); if (maybe == null) done.Trigger();")]
    [InlineData("switch (n) { case 1: done.Trigger(); break; case 2: Use(n); break; default: done.Trigger(); break; } if (n == 2) done.Trigger();")]
    [InlineData("if (day == System.DayOfWeek.Monday) done.Trigger(); if (day != System.DayOfWeek.Monday) done.Trigger();")]
    [InlineData("bool found = false; if (n > m) { found = true; done.Trigger(); } using (twait()) asap(mkevent()); if (!found) done.Trigger();")]
    [InlineData("bool ok; using (twait()) Ask(mkevent(out ok)); if (ok) done.Trigger(); using (twait()) asap(mkevent()); if (!ok) done.Trigger();")]
    [InlineData("bool parsed = int.TryParse(s, out int number); if (parsed) done.Trigger(); if (!parsed) done.Trigger();")]
    [InlineData("for (int i = 0; i < 3; i++) { try { Use(int.Parse(s!)); done.Trigger(); return; } catch (System.FormatException) when (i < 2) { using (twait()) asap(mkevent()); } }")]
    [InlineData("System.Exception? failure = null; try { Use(int.Parse(s!)); } catch (System.FormatException e) { failure = e; } if (failure is not null) done.Fail(failure); if (failure is null) done.Trigger();")]
    [InlineData("while (true) { string? line = Line(); if (line == null) break; using (twait()) asap(mkevent()); } done.Trigger();")]
    [InlineData("System.Action later = () => Use(a); if (a) done.Trigger(); later(); if (!a) done.Trigger();")]
    [InlineData("var time = System.TimeSpan.FromSeconds(n); if (time > System.TimeSpan.Zero) done.Trigger(); if (time <= System.TimeSpan.Zero) done.Trigger();")]
    [InlineData("if (a) done.Trigger(); else Refuse();")]
    [InlineData("if (a) done.Trigger(); else RefuseOf(n);")]
    public async Task Paths_that_cannot_be_are_not_followed(string code) => await s_rule.LetsBe(Body(code, "done"));

    [Theory]
    [InlineData("if (a) done.Trigger(); if (a) Use(done.Unblock());")]
    [InlineData("if (a) done.Trigger(); a = Choose(); if (!a) done.Trigger();")]
    [InlineData("if (a) done.Trigger(); Change(ref a); if (!a) done.Trigger();")]
    [InlineData("if (a) done.Trigger(); Change(out a); if (!a) done.Trigger();")]
    [InlineData("if (a) done.Trigger(); (a, n) = (Choose(), 1); if (!a) done.Trigger();")]
    [InlineData("System.Action change = () => a = Choose(); if (a) done.Trigger(); change(); if (!a) done.Trigger();")]
    [InlineData("ref bool b = ref a; if (a) done.Trigger(); b = Choose(); if (!a) done.Trigger();")]
    [InlineData("if (n > 3) done.Trigger(); n += m; if (n <= 3) done.Trigger();")]
    [InlineData("if (n > 3) done.Trigger(); n++; if (n <= 3) done.Trigger();")]
    [InlineData("if (n > 3) done.Trigger(); if (n < 3) done.Trigger();")]
    [InlineData("if (n > m) done.Trigger(); m = 3; if (n <= m) done.Trigger();")]
    [InlineData("if (x > y) done.Trigger(); if (x <= y) done.Trigger();")]
    [InlineData("if (Choose()) done.Trigger(); if (!Choose()) done.Trigger();")]
    [InlineData("bool ok; using (twait()) Ask(mkevent(out ok)); if (ok) done.Trigger(); using (twait()) Ask(mkevent(out ok)); if (!ok) done.Trigger();")]
    [InlineData("for (int i = 0; i < 3; i++) { try { Use(int.Parse(s!)); done.Trigger(); return; } catch (System.FormatException) when (i < 3) { using (twait()) asap(mkevent()); } }")]
    [InlineData("while (s is { } t && int.TryParse(t, out int k)) { if (k > 3) { done.Trigger(); return; } s = Line(); }")]
    public async Task What_a_condition_tells_ends_where_its_variable_may_change(string code) => await s_rule.Reports(Body(code, "[|done|]"));

    [Fact]
    public async Task The_message_names_the_last_of_the_conditions_that_forget() => Assert.Equal(
        ["'done' may never trigger: the path where 'n > 3' is false (line 7) neither triggers it nor passes it on; trigger it, fail it or throw there"],
        await s_rule.Reports("""
        [Tamed] public static partial void Act(bool a, int n, Event done);
        private static void ActBody(bool a, int n, Event [|done|])
        {
            if (!a) done.Trigger();
            if (a && n > 3) done.Trigger();
        }
        """));

    [Fact]
    public async Task So_many_conditions_that_none_can_be_remembered_cost_no_time()
    {
        var conditions = string.Concat(Enumerable.Range(0, 40).Select(i => $"if (n % {i + 2} == 0) Use(1);\n")) + string.Concat(Enumerable.Range(0, 40).Select(i => $"if (n % {i + 2} != 0) Use(1);\n"));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await s_rule.LetsBe(Body(conditions + conditions + "done.Trigger();", "done"));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    private static string Body(string code, string done) => $$"""
        [Tamed] public static partial void Act(bool a, int n, int m, string? s, int[] all, int? maybe, System.DayOfWeek day, double x, double y, Event done);

        private static void ActBody(bool a, int n, int m, string? s, int[] all, int? maybe, System.DayOfWeek day, double x, double y, Event {{done}})
        {
        {{code}}
        }

        private static void Ask(Event<bool> e) => e.Trigger(true);
        private static string? Line() => null;
        private static void Change(ref bool a, int n = 0) => a = !a;
        private static void Change(out bool a) => a = true;
        private static void Refuse() => throw new System.InvalidOperationException();
        [System.Diagnostics.CodeAnalysis.DoesNotReturn] private static void RefuseOf(int n) { Use(n); throw new System.InvalidOperationException(); }
        """;
}
