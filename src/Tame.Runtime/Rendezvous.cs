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
        var record = TryTakeOrThrow();
        record?.Free();
        return record is not null;
    }

    /// <summary>Takes a ready event, the first to have completed, without waiting; its failure is handed over.</summary>
    /// <param name="error">The failure of the event, or null.</param>
    /// <returns>True when there was one, failed or not.</returns>
    /// <exception cref="OperationCanceledException">The rendezvous is cancelled.</exception>
    public bool TryJoin(out Exception? error)
    {
        var record = TryTake();
        error = CallTrace.Shown(record?.Error);
        record?.Free();
        return record is not null;
    }

    internal Token Add(Closure maker, object? target, nint offset, int line, out Record record)
    {
        record = Open(maker) ?? Enter();
        return record.Open(maker, target, offset, line);
    }

    private Record Enter()
    {
        var record = (Record?)Loop!.Records.Rent() ?? new Record();
        Enter(record);
        return record;
    }
}
