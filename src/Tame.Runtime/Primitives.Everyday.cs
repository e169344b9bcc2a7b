using System.Diagnostics.CodeAnalysis;

namespace Tame;

// The everyday waits: one operation or one task, and its result, as one statement of a tamed body.
public static partial class Primitives
{
    /// <summary><c>twait(e => timer(delay, e));</c> starts one operation and waits until its event is complete.</summary>
    /// <param name="start">A lambda, written in the call, that passes its event on. No delegate exists at run time: the generator replaces the call with the text of the lambda.</param>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can wait this way.</exception>
    /// <remarks>Means <c>using (twait()) { timer(delay, mkevent()); }</c>. If the event fails, the wait throws its failure.</remarks>
    public static void twait(Action<Event> start) => throw Errors.BodyOnly("twait");

    /// <summary><c>twait(e => Get(name, e), out Page page);</c> starts one operation and waits for its value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="start">A lambda, written in the call, that passes its event on. No delegate exists at run time: the generator replaces the call with the text of the lambda.</param>
    /// <param name="value">Gets the value when the event triggers. Its location is evaluated before the lambda runs.</param>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can wait this way.</exception>
    /// <remarks>Means <c>using (twait()) { Get(name, mkevent(out page)); }</c>, with the variables declared before it. If the event fails, the wait throws its failure.</remarks>
    public static void twait<T>(Action<Event<T>> start, [NotNull] out T? value) => throw Errors.BodyOnly("twait");

    /// <summary><c>twait(e => Get(name, e), out int a, out int b);</c> starts one operation and waits for its values.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <param name="start">A lambda, written in the call, that passes its event on. No delegate exists at run time: the generator replaces the call with the text of the lambda.</param>
    /// <param name="value1">Gets the first value when the event triggers. Its location is evaluated before the lambda runs.</param>
    /// <param name="value2">Gets the second value when the event triggers. Its location is evaluated before the lambda runs.</param>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can wait this way.</exception>
    /// <remarks>Means <c>using (twait()) { Get(name, mkevent(out a, out b)); }</c>, with the variables declared before it. If the event fails, the wait throws its failure.</remarks>
    public static void twait<T1, T2>(Action<Event<T1, T2>> start, [NotNull] out T1? value1, [NotNull] out T2? value2) => throw Errors.BodyOnly("twait");

    /// <summary><c>twait(e => Get(name, e), out int a, out int b, out int c);</c> starts one operation and waits for its values.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <param name="start">A lambda, written in the call, that passes its event on. No delegate exists at run time: the generator replaces the call with the text of the lambda.</param>
    /// <param name="value1">Gets the first value when the event triggers. Its location is evaluated before the lambda runs.</param>
    /// <param name="value2">Gets the second value when the event triggers. Its location is evaluated before the lambda runs.</param>
    /// <param name="value3">Gets the third value when the event triggers. Its location is evaluated before the lambda runs.</param>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can wait this way.</exception>
    /// <remarks>Means <c>using (twait()) { Get(name, mkevent(out a, out b, out c)); }</c>, with the variables declared before it. If the event fails, the wait throws its failure.</remarks>
    public static void twait<T1, T2, T3>(Action<Event<T1, T2, T3>> start, [NotNull] out T1? value1, [NotNull] out T2? value2, [NotNull] out T3? value3) => throw Errors.BodyOnly("twait");

    /// <summary><c>twait(e => Get(name, e), out int a, out int b, out int c, out int d);</c> starts one operation and waits for its values.</summary>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    /// <param name="start">A lambda, written in the call, that passes its event on. No delegate exists at run time: the generator replaces the call with the text of the lambda.</param>
    /// <param name="value1">Gets the first value when the event triggers. Its location is evaluated before the lambda runs.</param>
    /// <param name="value2">Gets the second value when the event triggers. Its location is evaluated before the lambda runs.</param>
    /// <param name="value3">Gets the third value when the event triggers. Its location is evaluated before the lambda runs.</param>
    /// <param name="value4">Gets the fourth value when the event triggers. Its location is evaluated before the lambda runs.</param>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can wait this way.</exception>
    /// <remarks>Means <c>using (twait()) { Get(name, mkevent(out a, out b, out c, out d)); }</c>, with the variables declared before it. If the event fails, the wait throws its failure.</remarks>
    public static void twait<T1, T2, T3, T4>(Action<Event<T1, T2, T3, T4>> start, [NotNull] out T1? value1, [NotNull] out T2? value2, [NotNull] out T3? value3, [NotNull] out T4? value4) => throw Errors.BodyOnly("twait");

    /// <summary><c>twait(task);</c> waits until a task has run to completion. A task that has already run to completion costs no trip through the loop.</summary>
    /// <param name="task">The task.</param>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can wait this way.</exception>
    /// <remarks>Means <c>using (twait()) task.Trigger(mkevent());</c>. If the task failed or was cancelled, the wait throws its failure.</remarks>
    public static void twait(Task task) => throw Errors.BodyOnly("twait");

    /// <summary><c>twait(task, out string page);</c> waits for the result of a task. A task that has already run to completion costs no trip through the loop.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="task">The task.</param>
    /// <param name="value">Gets the result. Its location is evaluated before the wait.</param>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can wait this way.</exception>
    /// <remarks>Means <c>using (twait()) task.Trigger(mkevent(out page));</c>, with the variable declared before it. If the task failed or was cancelled, the wait throws its failure.</remarks>
    public static void twait<T>(Task<T> task, out T value) => throw Errors.BodyOnly("twait");

    /// <summary><c>twait(task);</c> waits until a task has run to completion. A task that has already run to completion costs no trip through the loop.</summary>
    /// <param name="task">The task, which is used up.</param>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can wait this way.</exception>
    /// <remarks>Means <c>using (twait()) task.Trigger(mkevent());</c>. If the task failed or was cancelled, the wait throws its failure.</remarks>
    public static void twait(ValueTask task) => throw Errors.BodyOnly("twait");

    /// <inheritdoc cref="twait(ValueTask)"/>
    /// <typeparam name="T">The type of the result, which is dropped.</typeparam>
    public static void twait<T>(ValueTask<T> task) => throw Errors.BodyOnly("twait");

    /// <summary><c>twait(task, out string page);</c> waits for the result of a task. A task that has already run to completion costs no trip through the loop.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="task">The task, which is used up.</param>
    /// <param name="value">Gets the result. Its location is evaluated before the wait.</param>
    /// <exception cref="InvalidOperationException">Always, because only a tamed body can wait this way.</exception>
    /// <remarks>Means <c>using (twait()) task.Trigger(mkevent(out page));</c>, with the variable declared before it. If the task failed or was cancelled, the wait throws its failure.</remarks>
    public static void twait<T>(ValueTask<T> task, out T value) => throw Errors.BodyOnly("twait");
}
