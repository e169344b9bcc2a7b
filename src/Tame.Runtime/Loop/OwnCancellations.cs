using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// Distinguishes the cancellations that a loop causes when it ends from those of its users, which are ordinary failures. It keeps no exception in memory.
/// </summary>
internal sealed class OwnCancellations
{
    private readonly ConditionalWeakTable<Exception, object> _exceptions = [];

    /// <summary>The tokens of events that completed while the loop ended.</summary>
    private readonly HashSet<CancellationToken> _tokens = [];

    /// <summary>Records an exception that the loop causes.</summary>
    public OperationCanceledException Note(OperationCanceledException exception)
    {
        _exceptions.AddOrUpdate(exception, this);
        return exception;
    }

    /// <summary>Records a token that the loop cancels. Call it on the loop's thread.</summary>
    public void Note(CancellationToken token) => _tokens.Add(token);

    public bool Contains(Exception failure) =>
        failure is OperationCanceledException cancelled && (_exceptions.TryGetValue(cancelled, out _) || _tokens.Contains(cancelled.CancellationToken));
}
