namespace Tame.Language.Tests.Everyday;

/// <summary>Everyday waits in each kind of statement.</summary>
public sealed partial class ContextTests
{
    [Fact]
    public void It_may_be_the_only_statement_of_anything() => Assert.Equal("1 2 3 4 6 7 else case 12", Trace.Of(Bare));

    [Tamed] private static partial void Bare(Trace trace, Event done);

    private static void BareBody(Trace trace, Event done)
    {
        var n = 0;
        if (n == 0) twait(e => After(1, e), out n);
        else twait(Task.CompletedTask);
        trace.Add(n);
        while (n < 2) twait(e => After(n + 1, e), out n);
        trace.Add(n);
        do twait(Task.FromResult(n + 1), out n); while (n < 3);
        trace.Add(n);
        for (; n < 4; n++) twait(e => asap(e));
        trace.Add(n);
        foreach (var add in new[] { 1, 1 }) twait(e => After(n + add, e), out n);
        trace.Add(n);
        using (new Resource()) twait(e => After(n + 1, e), out n);
        trace.Add(n);
        if (n == 0) trace.Add("no");
        else twait(e => { trace.Add("else"); asap(e); });
        switch (n)
        {
            case 7:
                twait(e => After(12, e), out n);
                trace.Add("case");
                break;
        }

    label:
        twait(e => asap(e));
        if (n++ < 11) goto label;
        checked
        {
            twait(e => After(n - 1, e), out n);
        }

        trace.Add(n);
        done.Trigger();
    }

    [Fact]
    public void It_may_stand_in_each_part_of_a_try() => Assert.Equal("try catch 1 finally 2 filtered try finally cancelled rethrown", Trace.Of(Parts, left: 2));

    [Tamed] private static partial void Parts(Trace trace, Event done);

    private static void PartsBody(Trace trace, Event done)
    {
        try
        {
            twait(e => asap(e));
            trace.Add("try");
            twait(e => e.Fail(new InvalidOperationException("bad")));
        }
        catch (InvalidOperationException)
        {
            twait(e => After(1, e), out int one);
            trace.Add($"catch {one}");
        }
        finally
        {
            twait(Task.FromResult(2), out int two);
            trace.Add($"finally {two}");
        }

        try
        {
            twait(e => After<int>(Parse("x"), e), out int _);
        }
        catch (FormatException error) when (error.Message.Length > 0)
        {
            trace.Add("filtered");
        }

        try
        {
            try
            {
                twait(e => asap(e));
                trace.Add("try");
                twait(Task.FromCanceled(new CancellationToken(canceled: true)));
            }
            finally
            {
                twait(e => asap(e));
                trace.Add("finally");
            }
        }
        catch (OperationCanceledException)
        {
            trace.Add("cancelled");
        }

        try
        {
            try
            {
                twait(e => throw new ArgumentException("thrown"));
            }
            catch (ArgumentException)
            {
                twait(e => asap(e));
                throw;
            }
        }
        catch (ArgumentException)
        {
            trace.Add("rethrown");
        }

        done.Trigger();
    }

    [Fact]
    public void An_exception_in_the_lambda_cancels_the_event() => Assert.Equal("before 0 after 0 pending cancelled False 0", Trace.Of(Throws, left: 1));

    [Tamed] private static partial void Throws(Trace trace, Event done);

    private static void ThrowsBody(Trace trace, Event done)
    {
        var n = 0;
        try
        {
            twait(e => { Stop("before"); After(1, e); }, out n);
        }
        catch (InvalidOperationException error)
        {
            trace.Add($"{error.Message} {n}");
        }

        var kept = default(Event<int>);
        try
        {
            twait(e => { kept = e; After(2, e); Stop("after"); }, out n);
        }
        catch (InvalidOperationException error)
        {
            trace.Add($"{error.Message} {n}");
        }

        trace.Add(kept.IsPending ? "no" : "pending");
        trace.Add($"cancelled {kept.Trigger(3)}");
        twait(e => timer(TimeSpan.FromHours(1), e));
        trace.Add(n);
        done.Trigger();
    }

    [Fact]
    public void It_may_stand_in_a_block_beside_other_events() => Assert.Equal("inner 1 outer 2 3", Trace.Of(Nested));

    [Tamed] private static partial void Nested(Trace trace, Event done);

    private static void NestedBody(Trace trace, Event done)
    {
        int outer, other;
        using (twait())
        {
            After(2, mkevent(out outer));
            twait(e => After(1, e), out int inner);
            trace.Add($"inner {inner}");
            twait(Task.FromResult(0), out int _);
            After(3, mkevent(out other));
        }

        trace.Add($"outer {outer} {other}");
        done.Trigger();
    }

    [Fact]
    public void An_event_that_is_lost_fails_the_wait() => Assert.Equal("lost 1", Trace.Of(Lost));

    [Tamed] private static partial void Lost(Trace trace, Event done);

    private static void LostBody(Trace trace, Event done)
    {
        var n = 1;
        try
        {
            twait(e => Drop(e), out n);
        }
        catch (LostEventException)
        {
            trace.Add("lost");
        }

        trace.Add(n);
        done.Trigger();
    }

    private static void Drop(Event<int> e) => GC.KeepAlive(e);

    [Fact]
    public void Generic_and_instance_methods_wait_so_too() => Assert.Equal("one two this b", Trace.Of(new Shelf<string>("this").Put));

    private abstract partial class Case<T>
    {
        protected T? Last;

        [Tamed] protected static partial void Give<TOther>(T value, TOther other, Event<T, TOther> done);

        private static void GiveBody<TOther>(T value, TOther other, Event<T, TOther> done)
        {
            twait(e => asap(e));
            twait(Task.FromResult(other), out var copy);
            twait((Event<T> e) => e.Trigger(value), out var same);
            done.Trigger(same, copy);
        }
    }

    private sealed partial class Shelf<T>(string label) : Case<string>
    {
        [Tamed] public partial void Put(Trace trace, Event done);

        private void PutBody(Trace trace, Event done)
        {
            twait(e => Give("one", "two", e), out Last, out string two);
            trace.Add($"{Last} {two}");
            twait(e => { trace.Add(label); base.Last = "b"; asap(e); });
            trace.Add(Last);
            done.Trigger();
        }
    }

    [Fact]
    public void Overflow_is_checked_in_it_as_around_it() => Assert.Equal("expression block slot task unchecked", Trace.Of(Overflows, left: 2));

    [Tamed] private static partial void Overflows(Trace trace, Event done);

    private static void OverflowsBody(Trace trace, Event done)
    {
        var most = int.MaxValue;
        var numbers = new int[1];
        for (var i = 0; i < 4; i++)
        {
            try
            {
                checked
                {
                    if (i == 0) twait(e => After(most + 1, e), out int _);
                    if (i == 1) twait(e => { After(most + 1, e); }, out int _);
                    if (i == 2) twait(e => After(0, e), out numbers[most + most + 2]);
                    if (i == 3) twait(Task.FromResult(most + 1), out int _);
                }
            }
            catch (OverflowException)
            {
                trace.Add(i switch { 0 => "expression", 1 => "block", 2 => "slot", _ => "task" });
            }
        }

        unchecked
        {
            twait(e => After(most + 1, e), out int least);
            trace.Add(least < 0 ? "unchecked" : "no");
        }

        done.Trigger();
    }

    private static int Parse(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static void Stop(string why) => throw new InvalidOperationException(why);

    [Tamed] private static partial void After<T>(T value, Event<T> done);

    private static void AfterBody<T>(T value, Event<T> done)
    {
        twait(e => asap(e));
        done.Trigger(value);
    }

    private sealed class Resource : IDisposable
    {
        public void Dispose() => GC.KeepAlive(this);
    }
}
