namespace Tame.Runtime.Tests.Adapters;

public sealed class TokenTests
{
    [Fact]
    public void An_events_token_is_cancelled_from_the_ready_queue_when_it_completes()
    {
        Loops.RunBlocks(
            c =>
            {
                var e = c.Make(c.Slot(ref c.A), 1);
                var token = c.Make(1).WithTimeout(TimeSpan.FromHours(1), default).Token;
                token.Register(() => c.B++);
                Assert.Equal(e.Token, e.Unblocker.Token);
                c.Held = e.Token;
                e.Token.Register(() => c.C++);
                e.Trigger(1);
                Assert.False(((CancellationToken)c.Held).IsCancellationRequested);
                Assert.True(e.Token.IsCancellationRequested);
                Assert.Equal(0, c.B);
            },
            c => Primitives.asap(c.Make(1)),
            c =>
            {
                Assert.True(((CancellationToken)c.Held!).IsCancellationRequested);
                Assert.Equal((1, 1), (c.B, c.C));
            });
    }

    [Fact]
    public void Empty_complete_and_ended_events_give_a_cancelled_token_and_the_detached_one_none()
    {
        Event ended = default;
        Loops.Run(done =>
        {
            Call.Blocks(default, c => ended = c.Make(1));
            done.Trigger();
        },
        lifelines: 1);
        Assert.True(ended.Token.IsCancellationRequested);
        Assert.True(default(Event).Token.IsCancellationRequested);
        Assert.True(default(Event<int>).Token.IsCancellationRequested);
        Assert.True(default(Event<int, int>).Token.IsCancellationRequested);
        Assert.True(default(Event<int, int, int>).Token.IsCancellationRequested);
        Assert.True(default(Event<int, int, int, int>).Token.IsCancellationRequested);
        Assert.False(Event.Detached.Token.CanBeCanceled);
    }

    [Fact]
    public void From_another_thread_a_token_is_cancelled_on_the_loops()
    {
        int thread = 0;
        EventLoop.Run(done => Call.Blocks(
            done,
            c =>
            {
                var e = c.Make(1);
                new Thread(() =>
                {
                    e.Token.Register(() => thread = Environment.CurrentManagedThreadId);
                    e.Trigger();
                }).Start();
            },
            c => Primitives.asap(c.Make(1))));
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public void When_the_loop_ends_the_tokens_of_its_events_are_cancelled()
    {
        var tokens = new List<CancellationToken>();
        Loops.Run(done =>
        {
            Call.Blocks(default, c => tokens.Add(c.Make(1).Token));
            var r = new Rendezvous();
            Call.Blocks(default, c =>
            {
                c.Held = c.Make(r, 1);
                tokens.Add(((Event)c.Held).Token);
            });
            done.Trigger();
        },
        lifelines: 2,
        entries: 1);
        Assert.All(tokens, token => Assert.True(token.IsCancellationRequested));
    }

    [Fact]
    public void What_registrations_throw_is_unhandled()
    {
        var thrown = Assert.Throws<ArithmeticException>(() => Loops.Run(done => Call.Blocks(default, c =>
        {
            var e = c.Make(1);
            e.Token.Register(() => throw new IOException());
            e.Token.Register(() => throw new ArithmeticException("the last registered is called first"));
            e.Trigger();
        }), lifelines: 1));
        Assert.IsType<IOException>(Assert.Single(thrown.OtherFailures()));
    }
}
