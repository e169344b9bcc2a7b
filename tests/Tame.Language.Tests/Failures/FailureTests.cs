#pragma warning disable TAME060 // a call that waits for ever is what one of these needs
using System.Diagnostics;

namespace Tame.Language.Tests.Failures;

/// <summary>Where an exception goes that escapes a tamed body, and what its trace tells.</summary>
public sealed partial class FailureTests
{
    [Fact]
    public void Before_the_first_wait_it_goes_to_the_event_or_else_to_the_caller() => Assert.Equal("returned event caller caller", Trace.Of(Early));

    [Tamed] private static partial void Early(Trace trace, Event done);

    private static void EarlyBody(Trace trace, Event done)
    {
        try
        {
            using (twait())
            {
                Throw(false, mkevent(), default);
                trace.Add("returned");
            }
        }
        catch (InvalidOperationException)
        {
            trace.Add("event");
        }

        for (var i = 0; i < 2; i++)
        {
            try
            {
                if (i == 0) ThrowNow();
                else Throw(false, default, default);
            }
            catch (InvalidOperationException)
            {
                trace.Add("caller");
            }
        }

        done.Trigger();
    }

    [Tamed] private static partial void Throw(bool wait, Event first, Event<int> second);

    private static void ThrowBody(bool wait, Event first, Event<int> second)
    {
        if (wait)
        {
            using (twait()) asap(mkevent());
        }

        throw new InvalidOperationException("thrown");
    }

    [Tamed] private static partial void ThrowNow();

    private static void ThrowNowBody()
    {
        if (EventLoop.Current is not null) throw new InvalidOperationException();
        using (twait()) asap(mkevent());
    }

    [Fact]
    public void Every_pending_event_parameter_fails_and_one_failure_is_told_once() => Assert.Equal("thrown thrown InvalidOperationException:1", Trace.Of(Several));

    [Tamed] private static partial void Several(Trace trace, Event done);

    private static void SeveralBody(Trace trace, Event done)
    {
        var rendezvous = new Rendezvous();
        Throw(true, mkevent(rendezvous), mkevent(rendezvous, out int _));
        for (var i = 0; i < 2; i++)
        {
            twait(rendezvous, out Exception? error);
            trace.Add(error?.Message);
        }

        try
        {
            using (twait())
            {
                Throw(true, mkevent(), default);
                Throw(true, mkevent(), default);
                asap(mkevent());
            }
        }
        catch (InvalidOperationException e)
        {
            trace.Add($"{e.GetType().Name}:{e.OtherFailures().Count}");
        }

        done.Trigger();
    }

    [Fact]
    public void A_reassigned_event_parameter_fails_as_it_was_passed_in() => Assert.Equal("reassigned True", Trace.Of(Reassigned, left: 1));

    [Tamed] private static partial void Reassigned(Trace trace, Event done);

    private static void ReassignedBody(Trace trace, Event done)
    {
        var rendezvous = new Rendezvous();
        var other = mkevent(rendezvous);
        try
        {
            using (twait()) Reassign(mkevent(), [other]);
        }
        catch (InvalidOperationException e)
        {
            trace.Add(e.Message);
        }

        trace.Add(other.Trigger());
        done.Trigger();
    }

    [Tamed] private static partial void Reassign(Event done, Event[] other);

    private static void ReassignBody(Event done, Event[] other)
    {
        done = other[0];
        using (twait()) asap(mkevent());
        throw new InvalidOperationException(done == other[0] ? "reassigned" : "kept");
    }

    [Fact]
    public void After_a_wait_and_without_an_event_it_ends_Run() =>
        Assert.Equal("thrown", Assert.Throws<InvalidOperationException>(() => Trace.Of((_, _) => Throw(true, default, default))).Message);

    [Fact]
    public void The_trace_names_the_users_file_and_lines_of_every_call_crossed()
    {
        var e = Assert.Throws<InvalidOperationException>(() => Trace.Of(Outer));
        var text = e.ToString();
        foreach (var line in new[] { s_thrown, s_middle, s_outer }) Assert.Contains($"FailureTests.cs:line {line}", text, StringComparison.Ordinal);
    }

    private static int s_thrown, s_middle, s_outer;

    private static int Line([System.Runtime.CompilerServices.CallerLineNumber] int line = 0) => line;

    [Tamed] private static partial void Outer(Trace trace, Event done);

    private static void OuterBody(Trace trace, Event done)
    {
        s_outer = Line() + 1;
        using (twait()) Middle(mkevent());
        done.Trigger();
    }

    [Tamed] private static partial void Middle(Event done);

    private static void MiddleBody(Event done)
    {
        try
        {
            s_middle = Line() + 1;
            using (twait()) Innermost(mkevent());
        }
        finally
        {
            Debug.Assert(done.IsPending);
        }
    }

    [Tamed] private static partial void Innermost(Event done);

    private static void InnermostBody(Event done)
    {
        using (twait()) asap(mkevent());
        s_thrown = Line() + 1;
        throw new InvalidOperationException("here");
    }

    [Fact]
    public void A_block_after_a_join_that_could_not_be_located_is_cancelled_with_its_loop()
    {
        var trace = new Trace();
        EventLoop.Run(done => Stuck(trace, done), new EventLoopOptions { VirtualTime = true });
        Assert.Equal("cancelled", trace.ToString());
    }

    [Tamed] private static partial void Stuck(Trace trace, Event done);

    private static void StuckBody(Trace trace, Event done)
    {
        var rendezvous = new Rendezvous<int>();
        try
        {
            twait(rendezvous, out Array.Empty<int>()[rendezvous.Ready]);
        }
        catch (IndexOutOfRangeException)
        {
            done.Trigger();
        }

        try
        {
            using (twait()) timer(TimeSpan.FromHours(1), mkevent());
        }
        catch (OperationCanceledException)
        {
            trace.Add("cancelled");
        }
    }
}
