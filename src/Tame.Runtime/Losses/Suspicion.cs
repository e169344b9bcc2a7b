using Tame.CompilerServices;

namespace Tame;

/// <summary>A lifeline whose finalizer has run, and the events that are lost with it. It does not keep the lifeline in memory.</summary>
internal class Suspicion(Lifeline lifeline)
{
    /// <summary>It keeps its target if a finalizer resurrects the lifeline, and loses it when the memory is reclaimed.</summary>
    private readonly WeakReference<Lifeline> _lifeline = new(lifeline, trackResurrection: true);

    private readonly Source _source = lifeline.Source!;
    private readonly long _last = lifeline.Last;
    private volatile bool _isOver;
    private volatile bool _isOfFinalizers;

    /// <summary>Whether the lifeline's events are complete or reported as lost. The finalizer thread reads it, too.</summary>
    public bool IsOver
    {
        get => _isOver;
        set => _isOver = value;
    }

    /// <summary>Whether only finalizers could reach the lifeline in the last collection. The finalizer thread writes it.</summary>
    public bool IsOfFinalizers
    {
        get => _isOfFinalizers;
        set => _isOfFinalizers = value;
    }

    /// <summary>Whether the lifeline's memory is reclaimed, so that nothing can hold a handle, including finalizers. Any thread may read it.</summary>
    public virtual bool IsLifelineGone => !_lifeline.TryGetTarget(out _);

    /// <summary>The number of the first event that is lost with the lifeline; zero if none is pending.</summary>
    public long FirstPending => _source.PendingUpTo(_last);

    /// <summary>Fails the pending events.</summary>
    public LostEventException? Lose() => _source.Lose(_last);
}
