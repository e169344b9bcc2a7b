#pragma warning disable xUnit1051 // The tokens are those of the calls.

namespace Tame.Runtime.Tests.Failures;

/// <summary>A call ends by a token when its caller no longer waits. That is not a failure, whichever of the two is notified first.</summary>
public sealed class CancelledCallTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_has_the_token_of_its_call_ends_by_it_and_nothing_has_failed(bool isGuest)
    {
        await using var loops = new Either(isGuest);
        for (int i = 0; i < 20; i++)
        {
            using var source = new CancellationTokenSource();
            var call = loops.Loop.InvokeAsync(done => Wait(e => e.Trigger(), done, source.Token), source.Token);
            await loops.Loop.InvokeAsync(e => e.Trigger());
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Loops.Hang));
            Assert.Equal(7, await loops.Loop.InvokeAsync<int>(e => Primitives.asap(e.Bind(7))).WaitAsync(Loops.Hang));
            Assert.Equal(0, loops.Loop.Statistics.BlockedCalls);
        }
        Assert.Empty(loops.Unhandled);
    }

    [Fact]
    public async Task What_failed_beside_it_is_unhandled()
    {
        await using var loops = new Either(isGuest: true);
        using var source = new CancellationTokenSource();
        var call = loops.Loop.InvokeAsync(done => Wait(e => e.Fail(new FormatException("beside")), done, source.Token), source.Token);
        await loops.Loop.InvokeAsync(e => e.Trigger());
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Loops.Hang));
        await loops.Loop.InvokeAsync(e => Primitives.asap(e)).WaitAsync(Loops.Hang);
        Assert.Equal("beside", Assert.IsType<FormatException>(Assert.Single(loops.Unhandled)).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancellation_that_nobody_asked_for_is_unhandled(bool hasToken)
    {
        await using var loops = new Either(isGuest: true);
        using var source = new CancellationTokenSource();
        await loops.Loop.InvokeAsync(done => Call.Blocks(done, c => c.Make(101).Trigger(), c =>
        {
            c.Done.Trigger();
            throw hasToken ? new OperationCanceledException(source.Token) : new OperationCanceledException();
        })).WaitAsync(Loops.Hang);
        await loops.Loop.InvokeAsync(e => Primitives.asap(e)).WaitAsync(Loops.Hang);
        Assert.IsType<OperationCanceledException>(Assert.Single(loops.Unhandled));
    }

    private static void Wait(Action<Event> beside, Event done, CancellationToken token) => Call.Start(
        c =>
        {
            if (c.State == 0)
            {
                c.EnterBlock();
                c.Held = c.Make(101).WithCancellation(token);
                beside(c.Make(102));
                c.BlockDone(1);
                return;
            }
            c.EndBlockOrThrow();
            c.Done.Trigger();
        },
        done);

    /// <summary>A loop with a thread, or a guest, that records unhandled failures.</summary>
    private sealed class Either : IAsyncDisposable
    {
        private readonly EventLoopThread? _thread;

        public Either(bool isGuest)
        {
            _thread = isGuest ? null : EventLoopThread.Start();
            Loop = _thread?.Loop ?? EventLoop.CreateGuest(EventLoopHost.ThreadPool);
            Loop.UnhandledException += (_, unhandled) =>
            {
                Unhandled.Add(unhandled.Exception);
                unhandled.Handled = true;
            };
        }

        public EventLoop Loop { get; }

        public List<Exception> Unhandled { get; } = [];

        public ValueTask DisposeAsync() => _thread?.DisposeAsync() ?? new ValueTask(Loop.StopAsync());
    }
}
