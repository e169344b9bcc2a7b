using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>Tells the cancellations that a loop causes when it ends from those of its users, which are failures as any other. It keeps no exception in memory.</summary>
internal sealed class OwnCancellations
{
    private readonly ConditionalWeakTable<Exception, object> _exceptions = [];

    /// <summary>The tokens of events that completed while the loop ended.</summary>
    private readonly HashSet<CancellationToken> _tokens = [];

    /// <summary>The loop causes this exception.</summary>
    public OperationCanceledException Note(OperationCanceledException exception)
    {
        _exceptions.AddOrUpdate(exception, this);
        return exception;
    }

    /// <summary>The loop cancels this token. On the loop's thread.</summary>
    public void Note(CancellationToken token) => _tokens.Add(token);

    public bool Contains(Exception failure) =>
        failure is OperationCanceledException cancelled && (_exceptions.TryGetValue(cancelled, out _) || _tokens.Contains(cancelled.CancellationToken));
}
