using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Adapters;

public sealed class CallbackTests
{
    [Fact]
    public void An_event_of_every_arity_is_an_action()
    {
        Loops.RunBlocks(
            c =>
            {
                c.Make(1).ToAction()();
                c.Make(c.Slot(ref c.A), 1).ToAction()(1);
                c.Make(c.Slot(ref c.B), c.Slot(ref c.Text), 1).ToAction()(2, "two");
                c.Make(Slot<int>.Discard, Slot<int>.Discard, c.Slot(ref c.C), 1).ToAction()(0, 0, 3);
                c.Make(Slot<int>.Discard, Slot<int>.Discard, Slot<int>.Discard, c.Slot(ref c.D), 1).ToAction()(0, 0, 0, 4);
            },
            c => Assert.Equal((1, 2, "two", 3, 4), (c.A, c.B, c.Text, c.C, c.D)));
    }

    [Fact]
    public void Of_many_calls_from_many_threads_the_first_completes_the_event()
    {
        int resumed = 0;
        EventLoop.Run(done => Call.Blocks(
            done,
            c =>
            {
                var action = c.Make(c.Slot(ref c.A), 1).ToAction();
                for (int i = 1; i <= 4; i++)
                {
                    int me = i;
                    new Thread(() =>
                    {
                        action(me);
                        action(-me);
                    }).Start();
                }
            },
            c =>
            {
                resumed++;
                Assert.InRange(c.A, 1, 4);
            }));
        Assert.Equal(1, resumed);
    }

    [Fact]
    public void A_begin_method_calls_back_through_an_event()
    {
        using var stream = new MemoryStream([1, 2, 3]);
        var buffer = new byte[8];
        IAsyncResult? result = null;
        Loops.RunBlocks(
            c =>
            {
                stream.BeginRead(buffer, 0, buffer.Length, Held(c.Make(Slot.Static<IAsyncResult>(value => result = value), 1).ToAsyncCallback()), null);
                using var other = new MemoryStream();
                other.BeginWrite(buffer, 0, 1, Held(c.Make(1).ToAsyncCallback()), null);
            },
            _ => Assert.Equal(3, stream.EndRead(result!)));
    }

    [Fact]
    public void An_event_is_the_handler_of_an_event_of_dotnet()
    {
        object? sender = null;
        var arguments = new TameUnhandledEventArgs(new ArithmeticException());
        TameUnhandledEventArgs? seen = null, seenToo = null;
        Loops.RunBlocks(
            c =>
            {
                EventHandler plain = c.Make(1).ToEventHandler();
                plain(this, EventArgs.Empty);
                EventHandler<TameUnhandledEventArgs> handler = c.Make(Slot.Static<TameUnhandledEventArgs>(value => seen = value), 1).ToEventHandler();
                handler(this, arguments);
                handler(this, new TameUnhandledEventArgs(new InvalidOperationException()));
                c.Make(Slot.Static<object?>(value => sender = value), Slot.Static<TameUnhandledEventArgs>(value => seenToo = value), 1).ToEventHandler()(this, arguments);
            },
            c => Assert.Same(this, sender));
        Assert.Same(arguments, seen);
        Assert.Same(arguments, seenToo);
    }

    [Fact]
    public void A_callback_that_somebody_holds_keeps_its_event_possible()
    {
        Action? held = null;
        Loops.RunBlocks(c =>
        {
            held = c.Make(1).ToAction();
            Loops.Beside(() =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                held();
            });
        });
        Assert.NotNull(held);
    }

    [Fact]
    public void Callbacks_of_empty_and_detached_events_do_nothing()
    {
        foreach (var e in new[] { default, Event.Detached })
        {
            e.ToAction()();
            e.ToAsyncCallback()(Task.CompletedTask);
            e.ToEventHandler()(null, EventArgs.Empty);
        }
        default(Event<int>).ToAction()(1);
        default(Event<int, int, int, int>).ToAction()(1, 2, 3, 4);
        default(Event<IAsyncResult>).ToAsyncCallback()(Task.CompletedTask);
    }

    /// <summary>A callback from a thread of the pool, for which the time of this thread's loop must wait.</summary>
    private static AsyncCallback Held(AsyncCallback callback)
    {
        var hold = EventLoop.Current!.HoldTime();
        return result =>
        {
            using (hold)
                callback(result);
        };
    }
}
