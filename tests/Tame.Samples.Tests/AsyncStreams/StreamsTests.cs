using System.Runtime.CompilerServices;
using AsyncStreams;

namespace Tame.Samples.Tests.AsyncStreams;

public sealed class StreamsTests
{
    private readonly List<string> _log = [];

    [Fact]
    public void Each_element_is_taken_before_the_next_is_asked_for_and_the_stream_is_closed_at_the_end()
    {
        EventLoop.Run(done => Streams.Consume(Count(2), i => _log.Add($"take {i}"), done));
        Assert.Equal(["make 1", "take 1", "make 2", "take 2", "closed"], _log);
    }

    [Fact]
    public void Elements_are_taken_on_the_loops_thread()
    {
        var threads = new HashSet<int>();
        EventLoop.Run(done => Streams.Consume(Count(3), _ => threads.Add(Environment.CurrentManagedThreadId), done));
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    [Fact]
    public void A_stream_whose_consumer_throws_is_closed_and_the_failure_travels()
    {
        Assert.Throws<ArithmeticException>(() => EventLoop.Run(done => Streams.Consume(Count(2), _ => throw new ArithmeticException(), done)));
        Assert.Equal(["make 1", "closed"], _log);
    }

    [Fact]
    public void A_stream_that_fails_is_closed_and_its_failure_travels()
    {
        Assert.Throws<InvalidOperationException>(() => EventLoop.Run(done => Streams.Consume(Count(3, failAt: 2), i => _log.Add($"take {i}"), done)));
        Assert.Equal(["make 1", "take 1", "closed"], _log);
    }

    [Fact]
    public void When_nobody_waits_any_more_the_stream_is_told_to_stop()
    {
        Assert.Throws<TimeoutException>(() => EventLoop.Run(done => Streams.Consume(Endless(), _ => { }, done.WithTimeout(TimeSpan.FromMilliseconds(1)))));
        Assert.True(SpinWait.SpinUntil(() => _stopped, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void The_program_prints_what_comes()
    {
        var (exit, output, error) = Command.Run(typeof(Streams));
        Assert.Equal((0, "", "1 4 9 16 25"), (exit, error, string.Join(' ', output.Split('\n', StringSplitOptions.RemoveEmptyEntries))));
    }

    private volatile bool _stopped;

    private async IAsyncEnumerable<int> Count(int count, int failAt = 0)
    {
        try
        {
            for (int i = 1; i <= count; i++)
            {
                await Task.Yield();
                if (i == failAt)
                    throw new InvalidOperationException();
                _log.Add($"make {i}");
                yield return i;
            }
        }
        finally
        {
            await Task.Yield();
            _log.Add("closed");
        }
    }

    private async IAsyncEnumerable<int> Endless([EnumeratorCancellation] CancellationToken token = default)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(false);
        }
        finally
        {
            _stopped = true;
        }
        yield return 0;
    }
}
