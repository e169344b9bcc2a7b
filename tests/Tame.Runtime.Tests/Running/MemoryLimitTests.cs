#pragma warning disable xUnit1051 // nothing here is cancelled
namespace Tame.Runtime.Tests.Running;

/// <summary>Processes whose heap has a limit. They are child processes, so that other tests keep theirs.</summary>
/// <remarks>While a child starts it holds a copy of every descriptor, so a descriptor that a test closes then stays open. That is why this test is in the collection.</remarks>
[Collection(nameof(IO.Descriptors))]
public sealed class MemoryLimitTests
{
    private const int Limit = 128 << 20;
    private static readonly List<byte[]> s_kept = [];

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    public void Memory_is_scarce_near_the_limit_of_the_heap_until_what_filled_it_is_garbage(string concurrent)
    {
        if (Child.Role is not null)
        {
            FillAndClear();
            return;
        }
        string settings = $"export DOTNET_GCHeapHardLimit={Limit:x} DOTNET_gcConcurrent={concurrent}";
        var (exitCode, output) = Child.Run(typeof(MemoryLimitTests), concurrent, settings);
        Assert.True(exitCode == 0, output);
    }

    /// <summary>No call allocates while the loop waits, so that the collector has no reason of its own to run.</summary>
    private static void FillAndClear()
    {
        var memory = Resource.ManagedMemory();
        var options = new EventLoopOptions { Resources = [memory], LostEvents = LostEventDetection.Off };
        Assert.InRange(memory.Capacity, Limit / 2, Limit);
        var seen = new List<bool>();
        EventLoop.Run(
            done => Call.Blocks(done, call =>
            {
                seen.Add(EventLoop.Current!.Admission.IsOpen);
                while ((long)s_kept.Count << 16 < memory.Capacity)
                    s_kept.Add(new byte[1 << 16]);
                GC.Collect();
                Primitives.timer(TimeSpan.FromMilliseconds(200), call.Make(1));
            }, call =>
            {
                seen.Add(EventLoop.Current!.Admission.IsOpen);
                s_kept.Clear();
                EventLoop.Current.Admission.Wait(call.Make(2));
            }),
            options);
        Assert.Equal([true, false], seen);
        Assert.False(memory.IsScarce);
    }
}
