using System.Diagnostics;
using Tame.Interop;

namespace Tame;

/// <summary>A resource that the system counts.</summary>
internal abstract class MeasuredResource(string name, long capacity) : Resource(name, capacity)
{
    private protected sealed override void Change(long amount) =>
        throw new InvalidOperationException($"The system counts the resource {Name}. Call Take and Give only on resources that your program counts.");
}

/// <summary>See <see cref="Resource.Descriptors"/>.</summary>
internal sealed class DescriptorResource() : MeasuredResource("descriptors", DescriptorLimit.Read())
{
    /// <summary>Milliseconds between two counts where they are quick.</summary>
    private const int Pause = 10;

    private int _counted;
    private int _openedBefore;
    private long _next = long.MinValue;

    /// <summary>Where counting examines every descriptor, it is done rarely if there are many. In between, the loop counts those that it opens itself.</summary>
    internal override void Measure(EventLoop loop)
    {
        if (loop.Coarse >= _next)
        {
            _counted = DescriptorLimit.CountOpen() ?? (int)Math.Min(Capacity, int.MaxValue);
            _openedBefore = loop.OpenDescriptors;
            _next = loop.Coarse + (DescriptorLimit.IsQuick ? Pause : _counted / 2);
        }
        Set(_counted + loop.OpenDescriptors - _openedBefore);
    }

    internal override double Taken(EventLoop loop) => loop.OpenDescriptors;
}

/// <summary>See <see cref="Resource.Processor"/>.</summary>
internal sealed class ProcessorResource() : MeasuredResource("processor", 1000)
{
    /// <summary>Units in a second: each is a thousandth of the shortest time over which <see cref="BusyShare"/> measures.</summary>
    private const double UnitsInSecond = 1e4;

    private readonly BusyShare _share = new();

    internal override double LeastTaken => 1;

    internal override bool EndsWithCall => true;

    internal override void Measure(EventLoop loop) => Set((long)(1000 * _share.Measure(loop.BusyTime.Read())));

    internal override double Taken(EventLoop loop) => Stopwatch.GetTimestamp() * (UnitsInSecond / Stopwatch.Frequency);
}
