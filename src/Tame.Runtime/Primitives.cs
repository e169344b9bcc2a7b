using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// The primitives of Figure 2, for <c>using static</c>, which comes with the package. <c>twait</c> and <c>mkevent</c> belong to the bodies of
/// tamed methods, where the generator takes their place; called anywhere else, they throw.
/// </summary>
/// <remarks>Source: Figure 2 of Krohn, Kohler and Kaashoek, "Events Can Make Sense", USENIX ATC 2007.</remarks>
public static partial class Primitives
{
    /// <summary><c>using (twait()) { S }</c> runs S, then waits until every event that S made is complete.</summary>
    /// <returns>What ends at the closing brace.</returns>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can wait so.</exception>
    /// <exception cref="Exception">
    /// In a tamed body: an event failed. Where several did, it is the failure of the first in the order of making;
    /// <see cref="FailureExtensions.OtherFailures"/> tells the others.
    /// </exception>
    public static TwaitBlock twait() => throw Errors.BodyOnly("twait");

    /// <summary>Waits for any one event of a rendezvous, the first to have completed.</summary>
    /// <param name="rendezvous">Whose event; evaluated once.</param>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can wait so.</exception>
    public static void twait(Rendezvous rendezvous) => throw Errors.BodyOnly("twait");

    /// <summary>Waits for any one event of a rendezvous, the first to have completed.</summary>
    /// <param name="rendezvous">Whose event; evaluated once.</param>
    /// <param name="error">The event's failure, or null; it is handed over instead of thrown.</param>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can wait so.</exception>
    public static void twait(Rendezvous rendezvous, out Exception? error) => throw Errors.BodyOnly("twait");

    /// <summary>Waits for any one event of a rendezvous, the first to have completed.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="rendezvous">Whose event; evaluated once.</param>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can wait so.</exception>
    public static void twait<TId>(Rendezvous<TId> rendezvous) => throw Errors.BodyOnly("twait");

    /// <summary>Waits for any one event of a rendezvous, the first to have completed.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="rendezvous">Whose event; evaluated once.</param>
    /// <param name="id">The event's id, written after the wait.</param>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can wait so.</exception>
    /// <remarks>Preferred where <c>out var</c> or <c>out _</c> would fit the error as well: <c>error:</c> by name asks for that.</remarks>
    [OverloadResolutionPriority(1)]
    public static void twait<TId>(Rendezvous<TId> rendezvous, out TId id) => throw Errors.BodyOnly("twait");

    /// <summary>Waits for any one event of a rendezvous, the first to have completed.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="rendezvous">Whose event; evaluated once.</param>
    /// <param name="error">The event's failure, or null; it is handed over instead of thrown.</param>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can wait so.</exception>
    public static void twait<TId>(Rendezvous<TId> rendezvous, out Exception? error) => throw Errors.BodyOnly("twait");

    /// <summary>Waits for any one event of a rendezvous, the first to have completed.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="rendezvous">Whose event; evaluated once.</param>
    /// <param name="id">The event's id, written after the wait.</param>
    /// <param name="error">The event's failure, or null; it is handed over instead of thrown.</param>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can wait so.</exception>
    public static void twait<TId>(Rendezvous<TId> rendezvous, out TId id, out Exception? error) => throw Errors.BodyOnly("twait");

    /// <summary>Makes an event of the innermost <c>twait</c> block.</summary>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can make events so.</exception>
    public static Event mkevent() =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Makes an event of the innermost <c>twait</c> block.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="slot">Gets the value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can make events so.</exception>
    public static Event<T> mkevent<T>([NotNull] out T? slot) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Makes an event of the innermost <c>twait</c> block.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can make events so.</exception>
    public static Event<T1, T2> mkevent<T1, T2>([NotNull] out T1? slot1, [NotNull] out T2? slot2) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Makes an event of the innermost <c>twait</c> block.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <param name="slot3">Gets the third value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can make events so.</exception>
    public static Event<T1, T2, T3> mkevent<T1, T2, T3>([NotNull] out T1? slot1, [NotNull] out T2? slot2, [NotNull] out T3? slot3) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Makes an event of the innermost <c>twait</c> block.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <param name="slot3">Gets the third value when the event triggers.</param>
    /// <param name="slot4">Gets the fourth value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can make events so.</exception>
    public static Event<T1, T2, T3, T4> mkevent<T1, T2, T3, T4>([NotNull] out T1? slot1, [NotNull] out T2? slot2, [NotNull] out T3? slot3, [NotNull] out T4? slot4) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Makes an event of an explicit rendezvous.</summary>
    /// <param name="rendezvous">Whose event it is.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can make events so.</exception>
    public static Event mkevent(Rendezvous rendezvous) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Makes an event of an explicit rendezvous.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="rendezvous">Whose event it is.</param>
    /// <param name="slot">Gets the value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can make events so.</exception>
    public static Event<T> mkevent<T>(Rendezvous rendezvous, [NotNull] out T? slot) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Makes an event of an explicit rendezvous.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <param name="rendezvous">Whose event it is.</param>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can make events so.</exception>
    public static Event<T1, T2> mkevent<T1, T2>(Rendezvous rendezvous, [NotNull] out T1? slot1, [NotNull] out T2? slot2) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Makes an event of an explicit rendezvous.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <param name="rendezvous">Whose event it is.</param>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <param name="slot3">Gets the third value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can make events so.</exception>
    public static Event<T1, T2, T3> mkevent<T1, T2, T3>(Rendezvous rendezvous, [NotNull] out T1? slot1, [NotNull] out T2? slot2, [NotNull] out T3? slot3) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Makes an event of an explicit rendezvous.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    /// <param name="rendezvous">Whose event it is.</param>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <param name="slot3">Gets the third value when the event triggers.</param>
    /// <param name="slot4">Gets the fourth value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can make events so.</exception>
    public static Event<T1, T2, T3, T4> mkevent<T1, T2, T3, T4>(Rendezvous rendezvous, [NotNull] out T1? slot1, [NotNull] out T2? slot2, [NotNull] out T3? slot3, [NotNull] out T4? slot4) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Makes an event, with an id, of an explicit rendezvous.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="rendezvous">Whose event it is.</param>
    /// <param name="id">The event's id, which the wait hands out.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can make events so.</exception>
    public static Event mkevent<TId>(Rendezvous<TId> rendezvous, TId id) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Makes an event, with an id, of an explicit rendezvous.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="rendezvous">Whose event it is.</param>
    /// <param name="id">The event's id, which the wait hands out.</param>
    /// <param name="slot">Gets the value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can make events so.</exception>
    public static Event<T> mkevent<TId, T>(Rendezvous<TId> rendezvous, TId id, [NotNull] out T? slot) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Makes an event, with an id, of an explicit rendezvous.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <param name="rendezvous">Whose event it is.</param>
    /// <param name="id">The event's id, which the wait hands out.</param>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can make events so.</exception>
    public static Event<T1, T2> mkevent<TId, T1, T2>(Rendezvous<TId> rendezvous, TId id, [NotNull] out T1? slot1, [NotNull] out T2? slot2) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Makes an event, with an id, of an explicit rendezvous.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <param name="rendezvous">Whose event it is.</param>
    /// <param name="id">The event's id, which the wait hands out.</param>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <param name="slot3">Gets the third value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can make events so.</exception>
    public static Event<T1, T2, T3> mkevent<TId, T1, T2, T3>(Rendezvous<TId> rendezvous, TId id, [NotNull] out T1? slot1, [NotNull] out T2? slot2, [NotNull] out T3? slot3) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Makes an event, with an id, of an explicit rendezvous.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    /// <param name="rendezvous">Whose event it is.</param>
    /// <param name="id">The event's id, which the wait hands out.</param>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <param name="slot3">Gets the third value when the event triggers.</param>
    /// <param name="slot4">Gets the fourth value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always: only a tamed body can make events so.</exception>
    public static Event<T1, T2, T3, T4> mkevent<TId, T1, T2, T3, T4>(Rendezvous<TId> rendezvous, TId id, [NotNull] out T1? slot1, [NotNull] out T2? slot2, [NotNull] out T3? slot3, [NotNull] out T4? slot4) =>
        throw Errors.BodyOnly("mkevent");
}
