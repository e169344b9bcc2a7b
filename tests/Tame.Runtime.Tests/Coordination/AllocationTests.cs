using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Coordination;

[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    [Fact]
    public void Waiting_for_a_mutex_allocates_nothing_in_the_steady_state()
    {
        var mutex = new SharedMutex();
        Assert.Equal(0, AllocatedBy((c, r) =>
        {
            mutex.TryAcquire();
            var left = c.Make(r, 1);
            mutex.Acquire(left);
            mutex.AcquireShared(c.Make(r, 1));
            left.Trigger();
            mutex.Release();
            mutex.ReleaseShared();
        }));
    }

    [Fact]
    public void Waiting_for_a_channel_allocates_nothing_in_the_steady_state()
    {
        var channel = new BoundedChannel<int>(1);
        Assert.Equal(0, AllocatedBy((c, r) =>
        {
            channel.Send(1, c.Make(r, 1));
            channel.Send(2, c.Make(r, 1));
            channel.Receive(c.Make(r, Slot<int>.Discard, 1));
            channel.TryReceive(out _);
            channel.Receive(c.Make(r, Slot<int>.Discard, 1));
            channel.TrySend(3);
        }));
    }

    [Fact]
    public void Waiting_for_the_halves_of_a_channel_allocates_nothing_in_the_steady_state()
    {
        var channel = new BoundedChannel<int>(1);
        Assert.Equal(0, AllocatedBy((c, r) =>
        {
            channel.Writer.Send(1, c.Make(r, 1));
            channel.Writer.Send(2, c.Make(r, 1));
            channel.Reader.Receive(c.Make(r, Slot<int>.Discard, 1));
            channel.Reader.TryReceive(out _);
        }));
    }

    [Fact]
    public void Waiting_for_a_semaphore_allocates_nothing_in_the_steady_state()
    {
        var semaphore = new CountingSemaphore(1);
        Assert.Equal(0, AllocatedBy((c, r) =>
        {
            semaphore.TryAcquire();
            var left = c.Make(r, 1);
            semaphore.Acquire(left);
            semaphore.Acquire(c.Make(r, 1));
            left.Trigger();
            semaphore.Release();
            semaphore.Release();
        }));
    }

    [Fact]
    public void Waiting_at_a_barrier_allocates_nothing_in_the_steady_state()
    {
        var barrier = new PhaseBarrier(2);
        Assert.Equal(0, AllocatedBy((c, r) =>
        {
            var left = c.Make(r, 1);
            barrier.Arrive(left);
            left.Trigger();
            barrier.Arrive(c.Make(r, 1));
            barrier.AddParticipant();
            barrier.Arrive(c.Make(r, 1));
            barrier.RemoveParticipant();
        }));
    }

    private static long AllocatedBy(Action<Call, Rendezvous> body)
    {
        long bytes = 0;
        Loops.RunBlocks(c =>
        {
            using var r = new Rendezvous();
            for (int i = 0; i < 100; i++)
                RunOnce();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
                RunOnce();
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;

            void RunOnce()
            {
                body(c, r);
                while (r.TryJoin())
                    ;
            }
        });
        return bytes;
    }
}
