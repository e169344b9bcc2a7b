namespace Tame;

/// <summary>The resources of one loop. Use it on the loop's thread.</summary>
internal sealed class LoopResources
{
    /// <summary>Milliseconds between two measurements of the resources that the system counts.</summary>
    public const int MeasuringInterval = 50;

    /// <summary>The object of a loop without resources.</summary>
    private static readonly LoopResources s_none = new(null!, [], measures: false);

    private readonly Resource[] _all;
    private readonly bool _measures;
    private readonly EventLoop _loop;
    private long _measured = long.MinValue / 2;

    private LoopResources(EventLoop loop, Resource[] all, bool measures) => (_loop, _all, _measures) = (loop, all, measures);

    /// <exception cref="ArgumentException">A resource is null, or occurs twice.</exception>
    /// <exception cref="InvalidOperationException">A resource belongs to another loop.</exception>
    public static LoopResources Of(EventLoop loop, IEnumerable<Resource> resources)
    {
        Resource[] all = [.. resources];
        if (all.Length == 0)
            return s_none;
        if (all.Contains(null!))
            throw new ArgumentException("A resource is null.", nameof(resources));
        if (all.Distinct().Count() != all.Length)
            throw new ArgumentException("The same resource occurs twice.", nameof(resources));
        Array.ForEach(all, resource => resource.Attach(loop));
        return new LoopResources(loop, all, !loop.IsVirtual && all.OfType<MeasuredResource>().Any());
    }

    public ReadOnlySpan<Resource> All => _all;

    public int Count => _all.Length;

    /// <summary>
    /// Whether the system counts one of them, so that its changes are not reported. False in virtual time, which must not depend on the machine.
    /// </summary>
    public bool Measures => _measures;

    public bool IsAnyScarce
    {
        get
        {
            if (_measures)
                Measure();
            foreach (var resource in _all)
            {
                if (resource.IsScarce)
                    return true;
            }
            return false;
        }
    }

    private void Measure()
    {
        long now = _loop.Coarse;
        bool isDue = now - _measured >= MeasuringInterval;
        if (isDue)
            _measured = now;
        foreach (var resource in _all)
        {
            if (isDue)
                resource.Measure(_loop);
            else
                resource.Estimate(_loop);
        }
    }
}
