using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// The primitives of Figure 2, for <c>using static</c>, which the package adds. Use <c>twait</c> and <c>mkevent</c> only in the bodies of tamed methods, where
/// the generator replaces them. Called anywhere else, they throw.
/// </summary>
/// <remarks>Source: Figure 2 of Krohn, Kohler and Kaashoek, "Events Can Make Sense", USENIX ATC 2007.</remarks>
public static partial class Primitives
{
    /// <summary><c>using (twait()) { S }</c> runs S, then waits until every event that S created is complete.</summary>
    /// <returns>The block, whose closing brace is the wait.</returns>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can wait this way.</exception>
    /// <exception cref="Exception">
    /// In a tamed body: an event failed. If several failed, this is the failure of the event that was created first;
    /// <see cref="FailureExtensions.OtherFailures"/> returns the others.
    /// </exception>
    public static TwaitBlock twait() => throw Errors.BodyOnly("twait");

    /// <summary>Waits for any one event of a rendezvous and takes the first that completed.</summary>
    /// <param name="rendezvous">The rendezvous. It is evaluated once.</param>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can wait this way.</exception>
    public static void twait(Rendezvous rendezvous) => throw Errors.BodyOnly("twait");

    /// <summary>Waits for any one event of a rendezvous and takes the first that completed.</summary>
    /// <param name="rendezvous">The rendezvous. It is evaluated once.</param>
    /// <param name="error">The event's failure, or null; it is returned instead of thrown.</param>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can wait this way.</exception>
    public static void twait(Rendezvous rendezvous, out Exception? error) => throw Errors.BodyOnly("twait");

    /// <summary>Waits for any one event of a rendezvous and takes the first that completed.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="rendezvous">The rendezvous. It is evaluated once.</param>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can wait this way.</exception>
    public static void twait<TId>(Rendezvous<TId> rendezvous) => throw Errors.BodyOnly("twait");

    /// <summary>Waits for any one event of a rendezvous and takes the first that completed.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="rendezvous">The rendezvous. It is evaluated once.</param>
    /// <param name="id">The event's id, written after the wait.</param>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can wait this way.</exception>
    /// <remarks>Preferred where <c>out var</c> or <c>out _</c> could also mean the error. Write <c>error:</c> to get the error.</remarks>
    [OverloadResolutionPriority(1)]
    public static void twait<TId>(Rendezvous<TId> rendezvous, out TId id) => throw Errors.BodyOnly("twait");

    /// <summary>Waits for any one event of a rendezvous and takes the first that completed.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="rendezvous">The rendezvous. It is evaluated once.</param>
    /// <param name="error">The event's failure, or null; it is returned instead of thrown.</param>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can wait this way.</exception>
    public static void twait<TId>(Rendezvous<TId> rendezvous, out Exception? error) => throw Errors.BodyOnly("twait");

    /// <summary>Waits for any one event of a rendezvous and takes the first that completed.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="rendezvous">The rendezvous. It is evaluated once.</param>
    /// <param name="id">The event's id, written after the wait.</param>
    /// <param name="error">The event's failure, or null; it is returned instead of thrown.</param>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can wait this way.</exception>
    public static void twait<TId>(Rendezvous<TId> rendezvous, out TId id, out Exception? error) => throw Errors.BodyOnly("twait");

    /// <summary>Creates an event in the innermost <c>twait</c> block.</summary>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can create events this way.</exception>
    public static Event mkevent() =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Creates an event in the innermost <c>twait</c> block.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="slot">Gets the value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can create events this way.</exception>
    public static Event<T> mkevent<T>([NotNull] out T? slot) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Creates an event in the innermost <c>twait</c> block.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can create events this way.</exception>
    public static Event<T1, T2> mkevent<T1, T2>([NotNull] out T1? slot1, [NotNull] out T2? slot2) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Creates an event in the innermost <c>twait</c> block.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <param name="slot3">Gets the third value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can create events this way.</exception>
    public static Event<T1, T2, T3> mkevent<T1, T2, T3>([NotNull] out T1? slot1, [NotNull] out T2? slot2, [NotNull] out T3? slot3) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Creates an event in the innermost <c>twait</c> block.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <param name="slot3">Gets the third value when the event triggers.</param>
    /// <param name="slot4">Gets the fourth value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can create events this way.</exception>
    public static Event<T1, T2, T3, T4> mkevent<T1, T2, T3, T4>([NotNull] out T1? slot1, [NotNull] out T2? slot2, [NotNull] out T3? slot3, [NotNull] out T4? slot4) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Creates an event in an explicit rendezvous.</summary>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can create events this way.</exception>
    public static Event mkevent(Rendezvous rendezvous) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Creates an event in an explicit rendezvous.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="slot">Gets the value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can create events this way.</exception>
    public static Event<T> mkevent<T>(Rendezvous rendezvous, [NotNull] out T? slot) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Creates an event in an explicit rendezvous.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can create events this way.</exception>
    public static Event<T1, T2> mkevent<T1, T2>(Rendezvous rendezvous, [NotNull] out T1? slot1, [NotNull] out T2? slot2) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Creates an event in an explicit rendezvous.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <param name="slot3">Gets the third value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can create events this way.</exception>
    public static Event<T1, T2, T3> mkevent<T1, T2, T3>(Rendezvous rendezvous, [NotNull] out T1? slot1, [NotNull] out T2? slot2, [NotNull] out T3? slot3) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Creates an event in an explicit rendezvous.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <param name="slot3">Gets the third value when the event triggers.</param>
    /// <param name="slot4">Gets the fourth value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can create events this way.</exception>
    public static Event<T1, T2, T3, T4> mkevent<T1, T2, T3, T4>(Rendezvous rendezvous, [NotNull] out T1? slot1, [NotNull] out T2? slot2, [NotNull] out T3? slot3, [NotNull] out T4? slot4) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Creates an event with an id in an explicit rendezvous.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="id">The event's id, which the wait returns.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can create events this way.</exception>
    public static Event mkevent<TId>(Rendezvous<TId> rendezvous, TId id) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Creates an event with an id in an explicit rendezvous.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="id">The event's id, which the wait returns.</param>
    /// <param name="slot">Gets the value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can create events this way.</exception>
    public static Event<T> mkevent<TId, T>(Rendezvous<TId> rendezvous, TId id, [NotNull] out T? slot) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Creates an event with an id in an explicit rendezvous.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="id">The event's id, which the wait returns.</param>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can create events this way.</exception>
    public static Event<T1, T2> mkevent<TId, T1, T2>(Rendezvous<TId> rendezvous, TId id, [NotNull] out T1? slot1, [NotNull] out T2? slot2) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Creates an event with an id in an explicit rendezvous.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="id">The event's id, which the wait returns.</param>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <param name="slot3">Gets the third value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can create events this way.</exception>
    public static Event<T1, T2, T3> mkevent<TId, T1, T2, T3>(Rendezvous<TId> rendezvous, TId id, [NotNull] out T1? slot1, [NotNull] out T2? slot2, [NotNull] out T3? slot3) =>
        throw Errors.BodyOnly("mkevent");

    /// <summary>Creates an event with an id in an explicit rendezvous.</summary>
    /// <typeparam name="TId">The type of the ids.</typeparam>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    /// <param name="rendezvous">The rendezvous.</param>
    /// <param name="id">The event's id, which the wait returns.</param>
    /// <param name="slot1">Gets the first value when the event triggers.</param>
    /// <param name="slot2">Gets the second value when the event triggers.</param>
    /// <param name="slot3">Gets the third value when the event triggers.</param>
    /// <param name="slot4">Gets the fourth value when the event triggers.</param>
    /// <returns>The event.</returns>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can create events this way.</exception>
    public static Event<T1, T2, T3, T4> mkevent<TId, T1, T2, T3, T4>(Rendezvous<TId> rendezvous, TId id, [NotNull] out T1? slot1, [NotNull] out T2? slot2, [NotNull] out T3? slot3, [NotNull] out T4? slot4) =>
        throw Errors.BodyOnly("mkevent");
}
