#pragma warning disable xUnit1051, CA2012 // Calls without a token are what is tested; each value task is awaited once.

namespace Tame.Runtime.Tests.Running;

/// <summary>Calls whose objects are used again and again by many threads at once: each must get its own end.</summary>
public sealed class InvokeStressTests
{
    private const int Threads = 4;
    private const int Calls = 3_000;

    [Fact]
    public async Task Each_call_has_its_own_end_whatever_the_others_do()
    {
        await using var thread = EventLoopThread.Start("stress");
        await using var guest = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        await using var other = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        EventLoop[] loops = [thread.Loop, guest, other];
        int strayed = 0;
        foreach (var loop in loops)
        {
            loop.UnhandledException += (_, failure) =>
            {
                Interlocked.Increment(ref strayed);
                failure.Handled = failure.Exception is NotSupportedException;
            };
        }
        int[] wrong = await Task.WhenAll(Enumerable.Range(0, Threads).Select(sender => Task.Run(() => SendAsync(loops, sender)))).WaitAsync(Loops.Hang);
        Assert.Equal(new int[Threads], wrong);
        Assert.Equal(Threads * Calls / Kinds, strayed);
    }

    private const int Kinds = 6;

    /// <summary>How many calls ended otherwise than they had to.</summary>
    private static async Task<int> SendAsync(EventLoop[] loops, int sender)
    {
        int wrong = 0;
        for (int i = 0; i < Calls; i++)
        {
            var loop = loops[(i / Kinds + sender) % loops.Length];
            int number = sender * Calls + i;
            wrong += await EndAsRightAsync(loop, number, i % Kinds) ? 0 : 1;
        }
        return wrong;
    }

    private static async Task<bool> EndAsRightAsync(EventLoop loop, int number, int kind)
    {
        switch (kind)
        {
            case 0:
                return await loop.InvokeValueAsync<int, int>(static (n, e) => e.Trigger(n), number) == number;
            case 1:
                return await loop.InvokeAsync<int, int>(static (n, e) => Primitives.asap(e.Bind(n)), number) == number;
            case 2:
                try
                {
                    await loop.InvokeValueAsync<int, int>(static (n, e) => e.Fail(new ArithmeticException($"{n}")), number);
                    return false;
                }
                catch (ArithmeticException failure)
                {
                    return failure.Message == $"{number}";
                }
            case 3:
                // The object may be another call's when this one throws.
                return await loop.InvokeValueAsync<int, int>(
                    static (n, e) =>
                    {
                        e.Trigger(n);
                        Thread.Yield();
                        throw new NotSupportedException("of a call that is over");
                    },
                    number) == number;
            case 4:
                return await RaceAsync(loop, number);
            default:
                Event<int> kept = default;
                bool isRight = await loop.InvokeValueAsync<int>(e =>
                {
                    kept = e;
                    e.Trigger(number);
                }) == number;
                return isRight && !kept.IsPending && !kept.Trigger(-1);
        }
    }

    /// <summary>The end and the cancellation come at once.</summary>
    private static async Task<bool> RaceAsync(EventLoop loop, int number)
    {
        using var source = new CancellationTokenSource();
        var task = loop.InvokeValueAsync<int, int>(static (n, e) => Primitives.asap(e.Bind(n)), number, source.Token);
        var cancel = Task.Run(source.Cancel);
        try
        {
            return await task == number;
        }
        catch (OperationCanceledException cancelled)
        {
            return cancelled.CancellationToken == source.Token;
        }
        finally
        {
            await cancel;
        }
    }
}
