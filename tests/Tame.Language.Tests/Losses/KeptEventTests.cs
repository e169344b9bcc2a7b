#pragma warning disable TAME060 // what is lost here is lost on purpose
using System.IO.Pipes;

namespace Tame.Language.Tests.Losses;

/// <summary>Events whose only handle goes to a primitive, so that they have no lifeline: they complete, fail, are cancelled and are lost as others are.</summary>
public sealed partial class KeptEventTests
{
    private static readonly EventLoopOptions s_virtual = new() { VirtualTime = true };

    [Fact]
    public void They_complete_in_both_forms_and_in_nested_blocks()
    {
        var steps = new List<string>();
        EventLoop.Run(done => Complete(steps, done), s_virtual);
        Assert.Equal(["asap", "timer", "both", "inner", "outer"], steps);
    }

    [Tamed] private static partial void Complete(List<string> steps, Event done);

    private static void CompleteBody(List<string> steps, Event done)
    {
        twait(e => asap(e));
        steps.Add("asap");
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        steps.Add("timer");
        using (twait())
        {
            asap(mkevent());
            timer(TimeSpan.FromSeconds(1), mkevent());
        }
        steps.Add("both");
        using (twait())
        {
            timer(TimeSpan.FromSeconds(2), mkevent());
            using (twait()) asap(mkevent());
            steps.Add("inner");
        }
        steps.Add("outer");
        done.Trigger();
    }

    [Fact]
    public void A_timer_that_never_fires_does_not_keep_its_event()
    {
        var loss = Assert.Throws<LostEventException>(() => EventLoop.Run(Never, s_virtual));
        Assert.EndsWith(nameof(Never), loss.Method, StringComparison.Ordinal);
    }

    [Tamed] private static partial void Never(Event done);

    private static void NeverBody(Event done)
    {
        twait(e => asap(e));
        using (twait()) timer(Timeout.InfiniteTimeSpan, mkevent());
        done.Trigger();
    }

    [Fact]
    public void A_call_that_throws_leaves_the_block_and_cancels_its_event()
    {
        int caught = 0;
        EventLoop.Run(done => Catch(() => caught++, done), s_virtual);
        Assert.Equal(2, caught);
    }

    [Tamed] private static partial void Catch(Action catching, Event done);

    private static void CatchBody(Action catching, Event done)
    {
        try
        {
            using (twait()) timer(TimeSpan.FromSeconds(-1), mkevent());
        }
        catch (ArgumentOutOfRangeException)
        {
            catching();
        }
        try
        {
            using (twait())
            {
                timer(TimeSpan.FromSeconds(5), mkevent());
                throw new InvalidOperationException();
            }
        }
        catch (InvalidOperationException)
        {
            catching();
        }
        twait(e => asap(e));
        done.Trigger();
    }

    [Fact]
    public void A_handle_that_is_left_after_a_cancellation_completes_no_later_event()
    {
        var waited = TimeSpan.Zero;
        EventLoop.Run(done => Leave(time => waited = time, done), s_virtual);
        Assert.Equal(TimeSpan.FromSeconds(1), waited);
    }

    [Tamed] private static partial void Leave(Action<TimeSpan> measured, Event done);

    private static void LeaveBody(Action<TimeSpan> measured, Event done)
    {
        var time = EventLoop.Current!.TimeProvider;
        var start = time.GetTimestamp();
        try
        {
            using (twait())
            {
                asap(mkevent());
                throw new InvalidOperationException();
            }
        }
        catch (InvalidOperationException)
        {
        }
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        measured(time.GetElapsedTime(start));
        done.Trigger();
    }

    [Fact]
    public void A_descriptor_that_is_ready_or_invalid_ends_the_wait()
    {
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        using var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        bool failed = false;
        EventLoop.Run(done => Read(server, client, () => failed = true, done));
        Assert.True(failed);
    }

    [Tamed] private static partial void Read(AnonymousPipeServerStream server, AnonymousPipeClientStream client, Action fail, Event done);

    private static void ReadBody(AnonymousPipeServerStream server, AnonymousPipeClientStream client, Action fail, Event done)
    {
        server.WriteByte(1);
        twait(e => wait_on_fd(client.SafePipeHandle, FdEvents.Read, e));
        try
        {
            twait(e => wait_on_fd(-1, FdEvents.Read, e));
        }
        catch (IOException)
        {
            fail();
        }
        done.Trigger();
    }

    [Fact]
    public void A_wait_after_one_with_a_lifeline_completes()
    {
        int rounds = 0;
        EventLoop.Run(done => Mix(() => rounds++, done), s_virtual);
        Assert.Equal(100, rounds);
    }

    [Tamed] private static partial void Mix(Action count, Event done);

    private static void MixBody(Action count, Event done)
    {
        for (int i = 0; i < 100; i++)
        {
            using (twait()) asap(mkevent());
            using (twait()) Later(mkevent());
            using (twait()) timer(TimeSpan.FromMilliseconds(i), mkevent());
            using (twait()) asap(mkevent().WithTimeout(TimeSpan.FromSeconds(1)));
            if (i % 10 == 0) GC.Collect();
            count();
        }
        done.Trigger();
    }

    private static void Later(Event e) => EventLoop.Current!.Post(() => e.Trigger());
}
