using Tame.CompilerServices;

namespace Tame;

/// <summary>A token whose finalizer has run, and what is lost with it. It does not keep the token in memory.</summary>
internal class Suspicion(Token token)
{
    /// <summary>Where a finalizer brings the token back, it keeps its target: it loses it when the memory is reclaimed.</summary>
    private readonly WeakReference<Token> _token = new(token, trackResurrection: true);

    private readonly Source _source = token.Source!;
    private readonly long _last = token.Last;
    private volatile bool _isOver;

    /// <summary>The token's events are complete, or their loss is reported. Read on the finalizer thread, too.</summary>
    public bool IsOver
    {
        get => _isOver;
        set => _isOver = value;
    }

    /// <summary>Nothing can hold a handle from now on, finalizers included. Any thread.</summary>
    public virtual bool IsTokenGone => !_token.TryGetTarget(out _);

    /// <summary>The number of the first event that is lost if the token is; zero where nothing waits for it.</summary>
    public long FirstPending => _source.PendingUpTo(_last);

    /// <summary>Fails what is pending.</summary>
    public void Lose() => _source.Lose(_last);
}
