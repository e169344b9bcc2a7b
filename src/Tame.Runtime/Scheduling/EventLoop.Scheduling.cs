using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

// Resources, admission, and the order in which ready work runs.
public sealed partial class EventLoop
{
    private readonly LoopResources _resources;
    private ResourceScheduler? _scheduler;
    private Admission? _admission;

    /// <summary>
    /// Decides when the loop accepts new work. Without <see cref="EventLoopOptions.Resources"/> it always does. Use it on the loop's thread.
    /// </summary>
    public Admission Admission => _admission ??= new Admission(this, _resources);

    /// <summary>The policy that selects which ready call runs next, from the options. Any thread may read it.</summary>
    public SchedulingPolicy Scheduling { get; }

    /// <summary>The resources from the options. Any thread may read them.</summary>
    public IReadOnlyList<Resource> Resources => _resources.All.ToArray();

    /// <summary>The number of ready calls and actions that wait for their turn.</summary>
    internal int ReadyLength => Ready.Count + (_scheduler?.Count ?? 0);

    /// <summary>The ready calls that the policy keeps outside the ready queue.</summary>
    internal IEnumerable<Closure> ScheduledCalls => _scheduler?.Calls ?? [];

    /// <summary>Called at the end of the loop. From then on, ready work runs in order of arrival.</summary>
    internal void EndScheduling()
    {
        _scheduler?.End();
        _scheduler = null;
        SetDuty(PassDuties.Schedule, isSet: false);
        _admission?.End();
    }

    private void BeginScheduling(EventLoopOptions options)
    {
        _scheduler = new ResourceScheduler(this, _resources, options.LongestPassedOver);
        SetDuty(PassDuties.Schedule, isSet: true);
    }

    /// <summary>Runs a batch of ready work in the order of the policy.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool RunScheduled(ResourceScheduler scheduler)
    {
        int left = BatchSize;
        while (left != 0 && !Failures.IsFatal && scheduler.Next() is { } work)
        {
            scheduler.Run(work);
            left--;
            Coarse = _clock.Coarse;
        }
        return left != BatchSize;
    }
}
