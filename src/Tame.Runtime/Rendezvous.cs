using Tame.CompilerServices;

namespace Tame;

/// <summary>An explicit set of events without ids: <c>mkevent(r, out slot)</c> makes one, <c>twait(r)</c> waits for any one of them.</summary>
/// <remarks>
/// It belongs to the loop on which it is first used, and all its members are for that loop's thread. It is the user's own object, never
/// recycled, and can be used again and again until it is cancelled. Source: <c>rendezvous&lt;&gt;</c> in Figure 2.
/// </remarks>
public sealed class Rendezvous : RendezvousBase
{
    /// <summary>Takes a ready event, the first to have completed, without waiting.</summary>
    /// <returns>True when there was one.</returns>
    /// <exception cref="OperationCanceledException">The rendezvous is cancelled.</exception>
    /// <exception cref="Exception">The failure of the event that was taken, its stack kept.</exception>
    public bool TryJoin()
    {
        var entry = TryTakeOrThrow();
        entry?.Free();
        return entry is not null;
    }

    /// <summary>Takes a ready event, the first to have completed, without waiting; its failure is handed over.</summary>
    /// <param name="error">The failure of the event, or null.</param>
    /// <returns>True when there was one, failed or not.</returns>
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
