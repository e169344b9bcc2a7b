using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>An explicit set of events with ids. <c>mkevent(r, id, out slot)</c> creates one, and <c>twait(r, out id)</c> waits for any one of them.</summary>
/// <typeparam name="TId">The type of the ids. They need not be unique.</typeparam>
/// <remarks>
/// It belongs to the loop on which it is first used. Call its members only on that loop's thread. It is your own object: it is
/// never recycled, and you can reuse it until it is cancelled. Source: <c>rendezvous&lt;I&gt;</c> in Figure 2.
/// </remarks>
public sealed class Rendezvous<TId> : RendezvousBase
{
    /// <summary>Takes the ready event that completed first, without waiting.</summary>
    /// <param name="id">The event's id.</param>
    /// <returns>True if an event was ready.</returns>
    /// <exception cref="OperationCanceledException">The rendezvous is cancelled.</exception>
    /// <exception cref="Exception">The failure of the event that was taken, with its stack trace.</exception>
    public bool TryJoin([MaybeNullWhen(false)] out TId id) => Give(TryTakeOrThrow(), out id);

    /// <summary>Takes the ready event that completed first, without waiting. Its failure is returned, not thrown.</summary>
    /// <param name="id">The event's id, whether or not it failed.</param>
    /// <param name="error">The failure of the event, or null.</param>
    /// <returns>True if an event was ready, whether or not it failed.</returns>
    /// <exception cref="OperationCanceledException">The rendezvous is cancelled.</exception>
    public bool TryJoin([MaybeNullWhen(false)] out TId id, out Exception? error)
    {
        var entry = TryTake();
        error = CallTrace.Shown(entry?.Error);
        return Give(entry, out id);
    }

    internal Lifeline Add(Closure maker, TId id, object? target, nint offset, int line, out RendezvousEntry entry)
    {
        var withId = Unsafe.As<RendezvousEntry<TId>?>(Open(maker)) ?? Enter();
        withId.SetId(id);
        entry = withId;
        return withId.Open(maker, target, offset, line);
    }

    private RendezvousEntry<TId> Enter()
    {
        var entry = RendezvousEntry<TId>.Rent(Loop!);
        Enter(entry);
        return entry;
    }

    private static bool Give(RendezvousEntry? entry, [MaybeNullWhen(false)] out TId id)
    {
        if (entry is null)
        {
            id = default;
            return false;
        }
        ((RendezvousEntry<TId>)entry).TakeId(out id!);
        return true;
    }
}
