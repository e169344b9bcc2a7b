using Tame.CompilerServices;

namespace Tame;

/// <summary>An explicit set of events without ids. <c>mkevent(r, out slot)</c> creates one, and <c>twait(r)</c> waits for any one of them.</summary>
/// <remarks>
/// It belongs to the loop on which it is first used. Call its members only on that loop's thread. It is your own object: it is
/// never recycled, and you can reuse it until it is cancelled. Source: <c>rendezvous&lt;&gt;</c> in Figure 2.
/// </remarks>
public sealed class Rendezvous : RendezvousBase
{
    /// <summary>Takes the ready event that completed first, without waiting.</summary>
    /// <returns>True if an event was ready.</returns>
    /// <exception cref="OperationCanceledException">The rendezvous is cancelled.</exception>
    /// <exception cref="Exception">The failure of the event that was taken, with its stack trace.</exception>
    public bool TryJoin()
    {
        var entry = TryTakeOrThrow();
        entry?.Free();
        return entry is not null;
    }

    /// <summary>Takes the ready event that completed first, without waiting. Its failure is returned, not thrown.</summary>
    /// <param name="error">The failure of the event, or null.</param>
    /// <returns>True if an event was ready, whether or not it failed.</returns>
    /// <exception cref="OperationCanceledException">The rendezvous is cancelled.</exception>
    public bool TryJoin(out Exception? error)
    {
        var entry = TryTake();
        error = CallTrace.Shown(entry?.Error);
        entry?.Free();
        return entry is not null;
    }

    internal Lifeline Add(Closure maker, object? target, nint offset, int line, out RendezvousEntry entry)
    {
        entry = Open(maker) ?? Enter();
        return entry.Open(maker, target, offset, line);
    }

    private RendezvousEntry Enter()
    {
        var entry = (RendezvousEntry?)Loop!.Pools.Entries.Rent() ?? new RendezvousEntry();
        Enter(entry);
        return entry;
    }
}
