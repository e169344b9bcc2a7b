using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tame.Runtime.Tests.Adapters;

public sealed unsafe partial class NativeHandleTests
{
    private static nint s_comparerHandle;

    [Fact]
    public void A_native_thread_triggers_an_event_by_its_handle()
    {
        EventLoop.Run(done => Call.Blocks(done, StartNativeThread));
    }

    [Fact]
    public void Native_code_that_calls_back_triggers_an_event()
    {
        int[] values = [3, 1, 2];
        Loops.RunBlocks(c =>
        {
            var e = c.Make(1);
            s_comparerHandle = e.ToHandle();
            fixed (int* first = values)
                Sort(first, 3, sizeof(int), &Compare);
            Assert.False(e.IsPending);
        });
        Assert.Equal([1, 2, 3], values);
    }

    [Fact]
    public void Stale_repeated_zero_and_made_up_handles_lead_nowhere()
    {
        Loops.RunBlocks(c =>
        {
            Event e = c.Make(1), other = c.Make(1);
            nint taken = e.ToHandle(), stale = e.ToHandle(), live = other.ToHandle();
            Assert.Equal(e, Event.FromHandle(taken));
            Assert.Equal(default, Event.FromHandle(taken));
            e.Trigger();
            Assert.Equal(default, Event.FromHandle(stale));
            Assert.Equal(default, Event.FromHandle(0));
            for (nint near = -1000; near <= 1000; near++)
            {
                Assert.Equal(default, Event.FromHandle(near));
                if (near != 0)
                    Assert.Equal(default, Event.FromHandle(live + near));
            }
            Assert.Equal(0, e.ToHandle());
            Assert.Equal(0, default(Event).ToHandle());
            Assert.True(other.IsPending);
            Assert.True(Event.FromHandle(live).Trigger());
        });
    }

    [Fact]
    public void A_handle_keeps_its_event_possible_until_it_is_taken_back()
    {
        nint handle = 0;
        EventLoop.Run(done => Call.Blocks(done, c =>
        {
            handle = MakeHandle(c);
            new Thread(() =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                GC.Collect();
                Event.FromHandle(handle).Trigger();
            }).Start();
        }));
        Assert.Throws<LostEventException>(() => Loops.RunBlocks(c => TakeAndDrop(MakeHandle(c))));
    }

    [Fact]
    public void A_loop_that_ends_takes_its_handles_away()
    {
        nint waited = 0, unwaited = 0, foreign = 0;
        var loop = new EventLoop();
        Event e = default;
        Call.Blocks(default, c => waited = (e = c.Make(1)).ToHandle());
        Call.Blocks(default, c => unwaited = c.Make(new Rendezvous(), 1).ToHandle());
        Loops.OnThread(() => foreign = e.ToHandle());
        Assert.All(new[] { waited, unwaited, foreign }, handle => Assert.NotEqual(0, handle));
        loop.Dispose();
        Assert.All(new[] { waited, unwaited, foreign }, handle => Assert.Equal(default, Event.FromHandle(handle)));
        Assert.Equal(0, e.ToHandle());
    }

    [Fact]
    public void The_detached_event_has_handles_too()
    {
        nint handle = Event.Detached.ToHandle();
        Assert.Equal(Event.Detached, Event.FromHandle(handle));
        Assert.Equal(default, Event.FromHandle(handle));
    }

    private static void StartNativeThread(Call call)
    {
        Assert.Equal(0, CreateThread(out nint thread, 0, &TriggerArgument, call.Make(1).ToHandle()));
        Assert.Equal(0, DetachThread(thread));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint MakeHandle(Call call) => call.Make(1).ToHandle();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TakeAndDrop(nint handle) => Event.FromHandle(handle);

    [UnmanagedCallersOnly]
    private static nint TriggerArgument(nint handle)
    {
        Event.FromHandle(handle).Trigger();
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Compare(int* left, int* right)
    {
        Event.FromHandle(s_comparerHandle).Trigger();
        return *left - *right;
    }

    [LibraryImport("libc", EntryPoint = "qsort")]
    private static partial void Sort(int* first, nuint count, nuint size, delegate* unmanaged<int*, int*, int> comparer);

    [LibraryImport("libc", EntryPoint = "pthread_create")]
    private static partial int CreateThread(out nint thread, nint attributes, delegate* unmanaged<nint, nint> start, nint argument);

    [LibraryImport("libc", EntryPoint = "pthread_detach")]
    private static partial int DetachThread(nint thread);
}
