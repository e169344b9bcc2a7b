using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

// Resources, and the order of what can run.
public sealed partial class EventLoop
{
    private readonly LoopResources _resources;
    private ResourceScheduler? _scheduler;
    private Admission? _admission;

    /// <summary>Says when new work is welcome. Without <see cref="EventLoopOptions.Resources"/> it always is. The loop's thread.</summary>
    public Admission Admission => _admission ??= new Admission(this, _resources);

    /// <summary>Which of the calls that can run has its turn next: what the options say. Any thread may ask.</summary>
    public SchedulingPolicy Scheduling { get; }

    /// <summary>The resources that the options gave. Any thread may read them.</summary>
    public IReadOnlyList<Resource> Resources => _resources.All.ToArray();

    /// <summary>How much can run and has not had its turn.</summary>
    internal int ReadyLength => Ready.Count + (_scheduler?.Count ?? 0);

    /// <summary>The calls that the policy keeps apart from the ready queue.</summary>
    internal IEnumerable<Closure> ScheduledCalls => _scheduler?.Calls ?? [];

    /// <summary>The loop ends: what can run does so in the order in which it came.</summary>
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

    /// <summary>A batch of what is ready, as the policy orders it.</summary>
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
