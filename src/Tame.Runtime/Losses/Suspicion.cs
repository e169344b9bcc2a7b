using Tame.CompilerServices;

namespace Tame;

/// <summary>A lifeline whose finalizer has run, and what is lost with it. It does not keep the lifeline in memory.</summary>
internal class Suspicion(Lifeline lifeline)
{
    /// <summary>Where a finalizer brings the lifeline back, it keeps its target: it loses it when the memory is reclaimed.</summary>
    private readonly WeakReference<Lifeline> _lifeline = new(lifeline, trackResurrection: true);

    private readonly Source _source = lifeline.Source!;
    private readonly long _last = lifeline.Last;
    private volatile bool _isOver;
    private volatile bool _isOfFinalizers;

    /// <summary>The lifeline's events are complete, or their loss is reported. Read on the finalizer thread, too.</summary>
    public bool IsOver
    {
        get => _isOver;
        set => _isOver = value;
    }

    /// <summary>In the last collection only finalizers could reach the lifeline. Written on the finalizer thread.</summary>
    public bool IsOfFinalizers
    {
        get => _isOfFinalizers;
        set => _isOfFinalizers = value;
    }

    /// <summary>Nothing can hold a handle from now on, finalizers included. Any thread.</summary>
    public virtual bool IsLifelineGone => !_lifeline.TryGetTarget(out _);

    /// <summary>The number of the first event that is lost if the lifeline is; zero where nothing waits for it.</summary>
    public long FirstPending => _source.PendingUpTo(_last);

    /// <summary>Fails what is pending.</summary>
    public LostEventException? Lose() => _source.Lose(_last);
}
