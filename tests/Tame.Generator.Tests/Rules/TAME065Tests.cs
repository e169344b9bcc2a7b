using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME065Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME065");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["'done' may already be complete when this runs: on some path line 8 completes it, and then this does nothing; return after line 8, or use the result if that is intended"],
        await s_rule.Reports(Body("if (n > 3) done.Trigger(); [|done.Trigger()|];")));

    [Theory]
    [InlineData("if (n > 3) done.Trigger(); [|done.Fail(new Exception())|];")]
    [InlineData("if (n > 3) done.Unblock(); [|done.Trigger()|];")]
    [InlineData("if (n > 3) done.Trigger(); using (twait()) asap(mkevent()); [|done.Trigger()|];")]
    [InlineData("if (n > 3) done.Trigger(); for (int i = 0; i < n; i++) using (twait()) asap(mkevent()); [|done.Trigger()|];")]
    [InlineData("if (n > 3) done.Trigger(); while (true) { using (twait()) asap(mkevent()); if (Choose()) { [|done.Trigger()|]; return; } }")]
    [InlineData("switch (n) { case 1: done.Trigger(); break; case 2: Use(n); break; } [|done.Trigger()|];")]
    [InlineData("if (n > 3) done.Trigger(); if (Choose()) [|done.Trigger()|]; else [|done.Fail(new Exception())|];")]
    [InlineData("if (n > 3) done.Trigger(); if (n > 1) [|done.Trigger()|]; else Use(n);  asap(done);")]
    [InlineData("foreach (int x in numbers) { if (x > n) { done.Trigger(); break; } } [|done.Trigger()|];")]
    [InlineData("foreach (int x in numbers) { using (twait()) { var e = mkevent(); if (x > n) e.Trigger(); [|e.Trigger()|]; } } done.Trigger();")]
    [InlineData("try { if (n > 3) done.Trigger(); Use(n); [|done.Trigger()|]; } catch (Exception e) { Use(e); done.Fail(e); }")]
    [InlineData("try { Use(n); } finally { if (n > 3) done.Trigger(); [|done.Trigger()|]; }")]
    [InlineData("try { Use(n); } finally { if (n > 3) done.Trigger(); } [|done.Trigger()|];")]
    [InlineData("Use(n > 3 && done.Trigger()); [|done.Trigger()|];")]
    public async Task Is_reported_at_the_place(string statements) => await s_rule.Reports(Body(statements));

    [Theory]
    [InlineData("if (n > 3) { done.Trigger(); return; } done.Trigger();")]
    [InlineData("if (n > 3) done.Trigger(); else done.Trigger();")]
    [InlineData("if (n > 3) done.Trigger(); if (n <= 3) done.Trigger(); asap(done);")]
    [InlineData("if (n > 3) done.Fail(new Exception()); done.Trigger();")]
    [InlineData("if (n > 3) done.Trigger(); Use(done.Trigger());")]
    [InlineData("if (n > 3) done.Trigger(); _ = done.Trigger();")]
    [InlineData("if (n > 3) done.Trigger(); if (done.IsPending) done.Trigger();")]
    [InlineData("if (n > 3 && done.Trigger()) return; done.Trigger();")]
    [InlineData("if (_field > 3) done.Trigger(); Use(n); if (_field <= 3) done.Trigger(); asap(done);")]
    [InlineData("if (Choose()) done.Trigger(); else if (Choose()) Use(n); if (!Choose()) done.Trigger(); asap(done);")]
    [InlineData("try { Use(n); done.Trigger(); Use(n); } catch (Exception e) { done.Fail(e); }")]
    [InlineData("try { Use(n); done.Trigger(); Use(n); } catch (Exception e) when (Choose()) { Use(e); } asap(done);")]
    [InlineData("try { Use(n); done.Trigger(); } finally { done.Unblock(); }")]
    [InlineData("try { if (Choose()) done.Trigger(); Use(n); } finally { done.Unblock(); }")]
    [InlineData("try { if (n > 3) { done.Trigger(); throw new Exception(); } } catch (Exception e) { Use(e); } done.Trigger();")]
    [InlineData("foreach (int x in numbers) { if (x > n) done.Trigger(); } done.Trigger();")]
    [InlineData("while (n-- > 0) { if (Choose()) done.Trigger(); } asap(done);")]
    [InlineData("bool told = false; foreach (int x in numbers) { if (!told) { done.Trigger(); told = true; } } if (!told) done.Trigger(); asap(done);")]
    [InlineData("bool told = false; if (Choose()) { done.Trigger(); told = true; } using (twait()) asap(mkevent()); if (!told) done.Trigger();")]
    [InlineData("again: if (Choose()) { done.Trigger(); goto again; } if (n > 3) goto again; done.Trigger();")]
    [InlineData("if (n > 3) done.Trigger(); Renew(ref done); done.Trigger();")]
    [InlineData("if (n > 3) done.Trigger(); done = Event.Detached; done.Trigger();")]
    [InlineData("if (n > 3) { done.Trigger(); Stop(); } done.Trigger();")]
    [InlineData("if (n > 3) done.Trigger(); while (true) using (twait()) asap(mkevent());")]
    [InlineData("if (n > 3) done.Trigger(); Action a = () => done.Trigger(); a(); done.Trigger();")]
    [InlineData("foreach (int x in numbers) { using (twait()) { var e = mkevent(); if (x > n) e.Trigger(); else e.Trigger(); } } done.Trigger();")]
    public async Task Is_not_reported(string statements) => await s_rule.LetsBe(Body(statements));

    private static string Body(string statements) => $$"""
        [Tamed] public partial void Act(int n, int[] numbers, Event done);
        private static void Renew(ref Event e) => e = Event.Detached;
        [System.Diagnostics.CodeAnalysis.DoesNotReturn] private static void Stop() => throw new Exception();
        private void ActBody(int n, int[] numbers, Event done)
        {
        {{statements}}
        }
        """;
}
