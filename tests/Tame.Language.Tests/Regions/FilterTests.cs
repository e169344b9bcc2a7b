namespace Tame.Language.Tests.Regions;

/// <summary>Variables that a catch filter declares, in clauses that wait.</summary>
public sealed partial class FilterTests
{
    // Members of the same names: where the variable is lost, the name means these.
#pragma warning disable CS0414
    private static readonly int code = 99;
    private static readonly string message = "member";
#pragma warning restore CS0414

    private static bool Decode(string text, out int code)
    {
        code = text.Length;
        return true;
    }

    private static bool Ask(Func<bool> question) => question();

    private static void Throw(Exception error) => throw error;

    private static bool Says(Trace trace, string what)
    {
        trace.Add(what);
        return true;
    }

    [Tamed] private static partial void Later<T>(T value, Event<T> done);

    private static void LaterBody<T>(T value, Event<T> done)
    {
        using (twait()) asap(mkevent());
        done.Trigger(value);
    }

    [Fact]
    public void The_clause_reads_what_its_filter_found() => Assert.Equal("disk 4 disk 4 5 99 member", Trace.Of(Read));

    [Tamed] private static partial void Read(Trace trace, Event done);

    private static void ReadBody(Trace trace, Event done)
    {
        try
        {
            throw new IOException("disk");
        }
        catch (Exception e) when (e is IOException { Message: var message } && Decode(message, out var code))
        {
            trace.Add(message);
            trace.Add(code);
            using (twait()) asap(mkevent());
            trace.Add(message);
            trace.Add(code++);
            using (twait()) asap(mkevent());
            trace.Add(code);
        }

        trace.Add(code);
        trace.Add(message);
        done.Trigger();
    }

    [Fact]
    public void A_clause_without_a_declaration_has_variables_too() => Assert.Equal("3 again 3 inner", Trace.Of(Bare));

    [Tamed] private static partial void Bare(Trace trace, Event done);

    private static void BareBody(Trace trace, Event done)
    {
        var round = 0;
        try
        {
        again:
            try
            {
                throw new IOException("inner");
            }
            catch when (Decode("abc", out var code) && (code, 1) is var (first, _))
            {
                using (twait()) asap(mkevent());
                trace.Add(first);
                if (round++ > 0) throw;
                trace.Add("again");
                goto again;
            }
        }
        catch (Exception e) when (e.Message is { Length: > 0 and var length } text)
        {
            using (twait()) asap(mkevent());
            trace.Add(length == 5 ? text : "wrong");
        }

        done.Trigger();
    }

    [Fact]
    public void Filters_nest_and_siblings_may_use_one_name_for_two_types() => Assert.Equal("a 1 b 1 c text 5", Trace.Of(Nested));

    [Tamed] private static partial void Nested(Trace trace, Event done);

    private static void NestedBody(Trace trace, Event done)
    {
        try
        {
            try
            {
                throw new IOException("a");
            }
            catch (Exception e) when (e.Message is { Length: var n })
            {
                using (twait()) asap(mkevent());
                trace.Add(e.Message);
                trace.Add(n);
                try
                {
                    throw new InvalidOperationException("b");
                }
                catch (Exception f) when (f.Message is { Length: var m } && m == n)
                {
                    using (twait()) asap(mkevent());
                    trace.Add(f.Message);
                    trace.Add(m);
                    throw new TimeoutException("c");
                }
            }
        }
        catch (IOException e) when (e is { Message: var n })
        {
            using (twait()) asap(mkevent());
            trace.Add("wrong" + n);
        }
        catch (TimeoutException e) when (e is { Message: var n })
        {
            using (twait()) asap(mkevent());
            trace.Add(n);
        }

        for (var i = 0; i < 2; i++)
        {
            try
            {
                throw i == 0 ? new IOException("text") : new TimeoutException("first");
            }
            catch (IOException e) when (e is { Message: var x })
            {
                using (twait()) asap(mkevent());
                trace.Add(x);
            }
            catch (Exception e) when (e is { Message.Length: var x })
            {
                using (twait()) asap(mkevent());
                trace.Add(x);
            }
        }

        done.Trigger();
    }

    [Fact]
    public void Lambdas_see_the_variables_of_their_own_exception() => Assert.Equal("0 2 1 2 0+ 1+", Trace.Of(Captured));

    [Tamed] private static partial void Captured(Trace trace, Event done);

    private static void CapturedBody(Trace trace, Event done)
    {
        var late = new List<Func<string>>();
        for (var i = 0; i < 2; i++)
        {
            try
            {
                throw new IOException(i.ToString());
            }
            catch (Exception e) when (e is IOException { Message: var message } && Ask(() => message.Length == 1) && Decode(message + i, out var code))
            {
                string Both() => Twice() + "+";
                string Twice() => message + (code > 2 ? "wrong" : "");
                late.Add(Both);
                using (twait()) asap(mkevent());
                trace.Add(message);
                trace.Add(code);
            }
        }

        foreach (var each in late) trace.Add(each());
        done.Trigger();
    }

    [Fact]
    public void A_variable_of_a_filter_can_be_a_slot() => Assert.Equal("1 8 8 2 9", Trace.Of(Slot));

    [Tamed] private static partial void Slot(Trace trace, Event done);

    private static void SlotBody(Trace trace, Event done)
    {
        try
        {
            throw new IOException("a");
        }
        catch (IOException e) when (Decode(e.Message, out var code))
        {
            var read = () => code;
            trace.Add(read());
            using (twait()) Later(8, mkevent(out code));
            trace.Add(code);
            trace.Add(read());
        }

        try
        {
            throw new IOException("ab");
        }
        catch (IOException e) when (Decode(e.Message, out var code))
        {
            trace.Add(code);
            using (twait()) Later(9, mkevent(out code));
            trace.Add(code);
        }

        done.Trigger();
    }

    [Fact]
    public void Filters_in_checked_blocks_and_before_a_finally_that_waits_keep_theirs() => Assert.Equal("no 4 finally", Trace.Of(Checked));

    [Tamed] private static partial void Checked(Trace trace, Event done);

    private static void CheckedBody(Trace trace, Event done)
    {
        try
        {
            checked
            {
                var most = int.MaxValue;
                using (twait()) asap(mkevent());
                try
                {
                    most++;
                }
                catch (OverflowException e) when (e is { HResult: 0 } || Overflows(most))
                {
                    trace.Add("no");
                    throw new IOException("disk");
                }
            }
        }
        catch (Exception e) when (e is not IOException io ? false : Decode(io.Message, out var code) && code - int.MaxValue < 0 && code is var copy && copy == 4)
        {
            using (twait()) asap(mkevent());
            trace.Add(e.Message.Length);
        }
        finally
        {
            using (twait()) asap(mkevent());
            trace.Add("finally");
        }

        done.Trigger();

        static bool Overflows(int n) => n == int.MaxValue;
    }

    [Fact]
    public void A_filter_that_is_asked_for_an_exception_that_stays_in_the_block_leaves_its_events_alone() => Assert.Equal("filter inner 7", Trace.Of(Replaced));

    [Tamed] private static partial void Replaced(Trace trace, Event done);

    private static void ReplacedBody(Trace trace, Event done)
    {
        try
        {
            int n = 0;
            using (twait())
            {
                Later(7, mkevent(out n));
                try
                {
                    try
                    {
                        throw new IOException();
                    }
                    finally
                    {
                        Throw(new TimeoutException());
                    }
                }
                catch (TimeoutException)
                {
                    trace.Add("inner");
                }
            }

            trace.Add(n);
        }
        catch (IOException) when (Says(trace, "filter"))
        {
            trace.Add("outer");
        }

        done.Trigger();
    }
}
