#pragma warning disable TAME060 // what is lost here is lost on purpose
#pragma warning disable xUnit1051 // a guest that hangs ends with its own time limit
using System.IO.Pipes;

namespace Tame.Language.Tests.Losses;

/// <summary>Events without a lifeline when their loop ends, and events that must have one, because something other than their loop has the last handle.</summary>
[Collection(nameof(Alone))]
public sealed partial class KeptEventEndTests
{
    private const int Calls = 1000;
    private static readonly EventLoopOptions s_virtual = new() { VirtualTime = true };

    [Theory]
    [InlineData(ExitBehavior.Cancel, Primitive.Asap, true)]
    [InlineData(ExitBehavior.Cancel, Primitive.Timer, true)]
    [InlineData(ExitBehavior.Cancel, Primitive.Descriptor, true)]
    [InlineData(ExitBehavior.Abandon, Primitive.Asap, false)]
    [InlineData(ExitBehavior.Abandon, Primitive.Timer, false)]
    [InlineData(ExitBehavior.Abandon, Primitive.Descriptor, false)]
    public void The_end_of_the_loop_cancels_the_wait(ExitBehavior exit, Primitive primitive, bool isTold)
    {
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        using var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        var loop = new EventLoop(new EventLoopOptions { OnExit = exit });
        Exception? error = null;
        Wait(primitive, client, e => error = e);
        Assert.Single(loop.Blocked);
        loop.Dispose();
        Assert.Equal(isTold, error is OperationCanceledException);
    }

    [Theory]
    [InlineData(Primitive.Asap)]
    [InlineData(Primitive.Timer)]
    [InlineData(Primitive.Descriptor)]
    public void The_end_of_another_loop_that_kept_the_handle_loses_the_event(Primitive primitive)
    {
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        using var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        using var loop = new EventLoop(s_virtual);
        Exception? loss = null;
        Elsewhere(primitive, client, e => loss = e);
        loop.Run();
        Assert.IsType<LostEventException>(loss);
    }

    [Tamed] private static partial void Wait(Primitive primitive, AnonymousPipeClientStream client, Action<Exception> fail);

    private static void WaitBody(Primitive primitive, AnonymousPipeClientStream client, Action<Exception> fail)
    {
        try
        {
            if (primitive == Primitive.Asap) twait(e => asap(e));
            else if (primitive == Primitive.Timer) twait(e => timer(TimeSpan.FromDays(1), e));
            else twait(e => wait_on_fd(client.SafePipeHandle, FdEvents.Read, e));
        }
        catch (Exception error)
        {
            fail(error);
        }
    }

    [Tamed] private static partial void Elsewhere(Primitive primitive, AnonymousPipeClientStream client, Action<Exception> fail);

    private static void ElsewhereBody(Primitive primitive, AnonymousPipeClientStream client, Action<Exception> fail)
    {
        try
        {
            if (primitive == Primitive.Asap)
            {
                using (twait())
                {
                    var other = new EventLoop();
                    asap(mkevent());
                    other.Dispose();
                }
            }
            else if (primitive == Primitive.Timer)
            {
                using (twait())
                {
                    var other = new EventLoop();
                    timer(TimeSpan.FromDays(1), mkevent());
                    other.Dispose();
                }
            }
            else
            {
                using (twait())
                {
                    var other = new EventLoop();
                    wait_on_fd(client.SafePipeHandle, FdEvents.Read, mkevent());
                    other.Dispose();
                }
            }
        }
        catch (Exception error)
        {
            fail(error);
        }
    }

    [Fact]
    public void An_event_is_lost_if_the_block_goes_on_after_a_call_that_threw() => Assert.Throws<LostEventException>(() => EventLoop.Run(GoOn, s_virtual));

    [Tamed] private static partial void GoOn(Event done);

    private static void GoOnBody(Event done)
    {
        using (twait())
        {
            try
            {
                timer(TimeSpan.FromSeconds(-1), mkevent());
            }
            catch (ArgumentOutOfRangeException)
            {
            }
        }
        done.Trigger();
    }

    [Fact]
    public void A_handle_that_is_closed_during_the_wait_fails_it()
    {
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        using var client = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        Exception? error = null;
        EventLoop.Run(done =>
        {
            Wait(Primitive.Descriptor, client, e => error = e);
            Close(client, done);
        });
        Assert.IsType<ObjectDisposedException>(error);
    }

    [Tamed] private static partial void Close(AnonymousPipeClientStream client, Event done);

    private static void CloseBody(AnonymousPipeClientStream client, Event done)
    {
        twait(e => asap(e));
        client.Dispose();
        while (EventLoop.Current!.Blocked.Count > 0) twait(e => asap(e));
        done.Trigger();
    }

    [Fact]
    public async Task A_guest_completes_them()
    {
        var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        await loop.InvokeAsync(Guest).WaitAsync(TimeSpan.FromMinutes(1));
        await loop.StopAsync().WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Tamed] private static partial void Guest(Event done);

    private static void GuestBody(Event done)
    {
        twait(e => asap(e));
        twait(e => timer(TimeSpan.FromMilliseconds(1), e));
        using (twait()) timer(TimeSpan.FromMilliseconds(300), mkevent());
        done.Trigger();
    }

    /// <summary>The object has a header of two words, and at least the loop, the source and a number.</summary>
    [Fact]
    public void A_waiting_call_has_no_lifeline() => Assert.InRange(BytesOf(Share) - BytesOf(Keep), 40 * Calls, 100 * Calls);

    private static long BytesOf(Action call)
    {
        using var loop = new EventLoop(s_virtual);
        var start = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++) call();
        return GC.GetAllocatedBytesForCurrentThread() - start;
    }

    [Tamed] private static partial void Keep();

    private static void KeepBody() => twait(e => timer(TimeSpan.FromDays(1), e));

    [Tamed] private static partial void Share();

    private static void ShareBody()
    {
        using (twait())
        {
            var e = mkevent();
            timer(TimeSpan.FromDays(1), e);
        }
    }

    /// <summary>The primitives that keep a handle.</summary>
    public enum Primitive
    {
        Asap,
        Timer,
        Descriptor,
    }
}
