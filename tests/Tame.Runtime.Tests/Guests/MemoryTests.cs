namespace Tame.Runtime.Tests.Guests;

/// <summary>What a guest keeps. There may be a hundred thousand of them.</summary>
[Collection(nameof(Alone))]
public sealed class MemoryTests
{
    [Fact]
    public void A_guest_that_has_done_nothing_keeps_at_most_a_kilobyte_and_a_half()
    {
        const int Guests = 1_000;
        // A profile has memory of its own, which TAME_PROFILE would add.
        var plain = new EventLoopOptions { Profile = ProfileMode.Off };
        var loops = new EventLoop[Guests];
        loops[0] = EventLoop.CreateGuest(EventLoopHost.ThreadPool, plain);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Guests; i++)
            loops[i] = EventLoop.CreateGuest(EventLoopHost.ThreadPool, plain);
        long kept = (GC.GetTotalMemory(forceFullCollection: true) - before) / Guests;
        Assert.InRange(kept, 1_000, 1_536);
        GC.KeepAlive(loops);
    }

    [Fact]
    public void A_call_in_a_guest_costs_no_table_of_all_kinds_of_calls_of_the_process()
    {
        const int Kinds = 10_000;
        for (int i = 0; i < Kinds; i++)
            PoolIndex.Take(isOfClosures: false);
        int last = PoolIndex.Take(isOfClosures: false);
        using var guest = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(guest.Pools.Rent(last));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 1_000);
        Assert.Equal(0, guest.Pools.CountOf(last));
    }
}
