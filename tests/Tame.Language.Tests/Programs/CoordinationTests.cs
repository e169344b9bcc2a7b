using System.Threading.Channels;

namespace Tame.Language.Tests.Programs;

/// <summary>Programs of several calls that share a channel or a mutex, under virtual time.</summary>
public sealed partial class CoordinationTests
{
    [Fact]
    public void Producers_that_are_faster_than_their_consumer_wait_for_it() =>
        Assert.Equal("1@0s 2@1s 3@2s 101@3s 102@4s produced@4s 103@5s end@6s", Trace.Of(Pipeline));

    [Tamed] private static partial void Pipeline(Trace trace, Event done);

    private static void PipelineBody(Trace trace, Event done)
    {
        var channel = new BoundedChannel<int>(1);
        using (twait())
        {
            Consume(trace, channel, mkevent());
            using (twait())
            {
                Produce(channel, 1, mkevent());
                Produce(channel, 101, mkevent());
            }

            trace.Add("produced" + Now());
            channel.Complete();
        }

        done.Trigger();
    }

    [Tamed] private static partial void Produce(BoundedChannel<int> channel, int first, Event done);

    private static void ProduceBody(BoundedChannel<int> channel, int first, Event done)
    {
        for (var i = first; i < first + 3; i++)
            using (twait()) channel.Send(i, mkevent());
        done.Trigger();
    }

    [Tamed] private static partial void Consume(Trace trace, BoundedChannel<int> channel, Event done);

    private static void ConsumeBody(Trace trace, BoundedChannel<int> channel, Event done)
    {
        try
        {
            while (true)
            {
                int item;
                using (twait()) channel.Receive(mkevent(out item));
                trace.Add(item + Now());
                using (twait()) timer(TimeSpan.FromSeconds(1), mkevent());
            }
        }
        catch (ChannelClosedException)
        {
            trace.Add("end" + Now());
        }

        done.Trigger();
    }

    [Fact]
    public void A_consumer_that_gives_up_waiting_takes_no_item_from_the_next() =>
        Assert.Equal("impatient:timeout patient:7", Trace.Of(Impatience));

    [Tamed] private static partial void Impatience(Trace trace, Event done);

    private static void ImpatienceBody(Trace trace, Event done)
    {
        var channel = new BoundedChannel<int>(0);
        using (twait())
        {
            ReceiveOne(trace, channel, "impatient", 1, mkevent());
            ReceiveOne(trace, channel, "patient", 5, mkevent());
            using (twait()) timer(TimeSpan.FromSeconds(2), mkevent());
            using (twait()) channel.Send(7, mkevent());
        }

        done.Trigger();
    }

    [Tamed] private static partial void ReceiveOne(Trace trace, BoundedChannel<int> channel, string name, int seconds, Event done);

    private static void ReceiveOneBody(Trace trace, BoundedChannel<int> channel, string name, int seconds, Event done)
    {
        try
        {
            int item;
            using (twait()) channel.Receive(mkevent(out item).WithTimeout(TimeSpan.FromSeconds(seconds)));
            trace.Add($"{name}:{item}");
        }
        catch (TimeoutException)
        {
            trace.Add(name + ":timeout");
        }

        done.Trigger();
    }

    [Fact]
    public void Readers_share_a_mutex_and_writers_have_it_alone_whatever_goes_wrong() =>
        Assert.Equal("+a@0s hasty:timeout@1s +b@1s -a@3s -b@4s +broken@4s broken:failed@5s +c@5s -c@8s", Trace.Of(Readers));

    [Tamed] private static partial void Readers(Trace trace, Event done);

    private static void ReadersBody(Trace trace, Event done)
    {
        var mutex = new SharedMutex();
        using (twait())
        {
            Read(trace, mutex, "a", mkevent());
            Write(trace, mutex, "hasty", 1, mkevent());
            Read(trace, mutex, "b", mkevent());
            Write(trace, mutex, "broken", 9, mkevent());
            Read(trace, mutex, "c", mkevent());
        }

        done.Trigger();
    }

    [Tamed] private static partial void Read(Trace trace, SharedMutex mutex, string name, Event done);

    private static void ReadBody(Trace trace, SharedMutex mutex, string name, Event done)
    {
        using (twait()) mutex.AcquireShared(mkevent());
        try
        {
            trace.Add("+" + name + Now());
            using (twait()) timer(TimeSpan.FromSeconds(3), mkevent());
            trace.Add("-" + name + Now());
        }
        finally
        {
            mutex.ReleaseShared();
        }

        done.Trigger();
    }

    [Tamed] private static partial void Write(Trace trace, SharedMutex mutex, string name, int limit, Event done);

    private static void WriteBody(Trace trace, SharedMutex mutex, string name, int limit, Event done)
    {
        try
        {
            using (twait()) mutex.Acquire(mkevent().WithTimeout(TimeSpan.FromSeconds(limit)));
            try
            {
                trace.Add("+" + name + Now());
                using (twait()) timer(TimeSpan.FromSeconds(1), mkevent());
                throw new IOException("the disk is full");
            }
            finally
            {
                mutex.Release();
            }
        }
        catch (TimeoutException)
        {
            trace.Add(name + ":timeout" + Now());
        }
        catch (IOException)
        {
            trace.Add(name + ":failed" + Now());
        }

        done.Trigger();
    }

    private static string Now() => $"@{(EventLoop.Current!.TimeProvider.GetUtcNow() - new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds}s";
}
