using System.Diagnostics;

namespace Tame.Runtime.Tests.Running;

public sealed class ResourceTests
{
    [Theory]
    [InlineData("", 1)]
    [InlineData("x", 0)]
    [InlineData("x", -1)]
    public void A_name_and_a_capacity_are_needed(string name, long capacity) => Assert.ThrowsAny<ArgumentException>(() => new Resource(name, capacity));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_watermark_is_a_share(double share)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resource("x", 1) { HighWatermark = share });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resource("x", 1) { LowWatermark = share });
    }

    [Fact]
    public void It_belongs_to_one_loop_at_a_time()
    {
        var resource = new Resource("slots", 1);
        Assert.Contains("The resource slots belongs to no event loop", Assert.Throws<InvalidOperationException>(() => resource.Take()).Message);
        using (var loop = new EventLoop(With(resource)))
        {
            Assert.Contains("belongs to another event loop", Assert.Throws<InvalidOperationException>(() => new EventLoop(With(resource))).Message);
            Assert.Same(loop, EventLoop.Current);
            Assert.Throws<ArgumentException>(() => new EventLoop(With(new Resource("a", 1), null!)));
        }
        var twice = new Resource("b", 1);
        Assert.Throws<ArgumentException>(() => new EventLoop(With(twice, twice)));
        using var next = new EventLoop(With(resource));
        resource.Take();
        Assert.Equal(1, resource.Used);
    }

    [Fact]
    public void Only_the_loop_s_thread_changes_it_and_not_below_zero()
    {
        var resource = new Resource("slots", 4);
        using var loop = new EventLoop(With(resource));
        resource.Take(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => resource.Give(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => resource.Give(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => resource.Take(-1));
        Exception? elsewhere = null;
        Loops.OnThread(() => elsewhere = Record.Exception(() => resource.Give()));
        Assert.IsType<InvalidOperationException>(elsewhere);
        Assert.Equal("slots: 3 of 4", resource.ToString());
        resource.Take();
        Assert.Equal("slots: 4 of 4, scarce", resource.ToString());
    }

    [Fact]
    public void What_the_system_counts_is_measured_and_not_changed_by_hand()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Descriptors are counted on Linux.");
        Resource memory = Resource.ManagedMemory(), descriptors = Resource.Descriptors(), processor = Resource.Processor();
        using var loop = new EventLoop(With(memory, descriptors, processor));
        Assert.True(loop.Admission.IsOpen, string.Join(", ", loop.Resources));
        Assert.InRange(descriptors.Used, 3, descriptors.Capacity);
        Assert.InRange(memory.Used, 0, memory.Capacity);
        Assert.InRange(processor.Used, 0, 1000);
        Assert.Contains("The system counts the resource descriptors", Assert.Throws<InvalidOperationException>(() => descriptors.Take()).Message);
    }

    /// <summary>The capacity is a tenth of a second. In another unit, the processor would outweigh each other resource.</summary>
    [Fact]
    public void A_stretch_takes_of_the_processor_in_the_unit_of_its_capacity()
    {
        var processor = Resource.Processor();
        using var loop = new EventLoop(With(processor));
        long outer = Stopwatch.GetTimestamp();
        double before = processor.Taken(loop);
        long inner = Stopwatch.GetTimestamp();
        Thread.SpinWait(10_000);
        double innerSeconds = Stopwatch.GetElapsedTime(inner).TotalSeconds;
        double taken = processor.Taken(loop) - before;
        double outerSeconds = Stopwatch.GetElapsedTime(outer).TotalSeconds;
        Assert.InRange(taken / processor.Capacity * 0.1, innerSeconds * 0.999, outerSeconds * 1.001);
    }

    [Fact]
    public void Memory_that_the_loop_allocates_counts_between_measurements_and_that_of_another_thread_does_not()
    {
        var memory = Resource.ManagedMemory();
        using var loop = new EventLoop(With(memory));
        GC.Collect();
        memory.Measure(loop);
        long measured = memory.Used;
        _ = GC.AllocateUninitializedArray<byte>(1 << 20);
        memory.Estimate(loop);
        Assert.InRange(memory.Used - measured, 1 << 20, 2 << 20);
        Loops.OnThread(() =>
        {
            _ = GC.AllocateUninitializedArray<byte>(1 << 20);
            memory.Estimate(loop);
        });
        Assert.Equal(measured, memory.Used);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Descriptors_that_are_opened_are_counted(bool asks)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Descriptors are counted on Linux.");
        Func<int?> count = asks ? DescriptorLimit.CountOpen : DescriptorLimit.CountNames;
        int before = count()!.Value;
        var files = Enumerable.Range(0, 100).Select(_ => File.OpenHandle("/dev/null")).ToList();
        int after = count()!.Value;
        files.ForEach(file => file.Dispose());
        Assert.InRange(after - before, 50, 150);     // other tests open and close, too
        Assert.True(DescriptorLimit.Read() >= after);
        Assert.InRange(DescriptorLimit.CountOpen()!.Value - DescriptorLimit.CountNames()!.Value, -50, 50);
    }

    private static EventLoopOptions With(params Resource[] resources) => new() { Resources = resources };
}
