using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Events;

/// <summary>Events of every arity have the same members and behavior.</summary>
public sealed class ArityTests
{
    private static readonly Type[] s_arities = [typeof(Event), typeof(Event<>), typeof(Event<,>), typeof(Event<,,>), typeof(Event<,,,>)];

    /// <summary>The members of only an event without a value: either there is no value to pass on, or the event with a value has its Unblocker.</summary>
    private static readonly string[] s_onlyWithoutValue =
    [
        "IntPtr ToHandle()", "Event FromHandle(IntPtr)", "AsyncCallback ToAsyncCallback()", "EventHandler ToEventHandler()",
        "Void Start(Func<CancellationToken, Task>)",        // with values: Task<values>
    ];

    /// <summary>The members of only events with values.</summary>
    private static readonly string[] s_onlyWithValues =
    [
        "Event get_Unblocker()", "Void Start(Func<CancellationToken, Task<values>>)", "Event Bind(Event<values>, values)",
        "Event<TValue> Map(Event<values>, Func<TValue, values>)",
    ];

    /// <summary>The members of only events with one value: EventHandler and AsyncCallback take one value.</summary>
    private static readonly string[] s_onlyWithOneValue = ["EventHandler<values> ToEventHandler()"];

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Events_with_several_values_differ_from_those_with_one_in_nothing_but_their_type_lists(int arity) =>
        Assert.Equal(MembersOf(1).Except(s_onlyWithOneValue), MembersOf(arity));

    [Fact]
    public void Events_with_one_value_differ_from_those_without_in_what_is_listed_here()
    {
        var (without, with) = (MembersOf(0), MembersOf(1));
        Assert.All(s_onlyWithoutValue, member => Assert.Contains(member, without));
        Assert.All(s_onlyWithValues.Concat(s_onlyWithOneValue), member => Assert.Contains(member, with));
        var common = with.Except(s_onlyWithValues).Except(s_onlyWithOneValue).Select(member => member
            .Replace("Event<values>", "Event", StringComparison.Ordinal)
            .Replace("Trigger(values)", "Trigger()", StringComparison.Ordinal)
            .Replace("Action<values>", "Action", StringComparison.Ordinal));
        Assert.Equal(without.Except(s_onlyWithoutValue), common.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_sum_completes_both_with_the_values()
    {
        Loops.RunBlocks(
            c =>
            {
                var two = Two(c) + Two(c);
                Assert.True(two.Trigger(1, 2) && !two.IsPending);
                var three = Event<int, int, int>.Add(Three(c), Three(c));
                Assert.True(three.Trigger(1, 2, 3));
                var four = Four(c) + Four(c);
                Assert.True(four.Trigger(1, 2, 3, 4));
            },
            c =>
            {
                Assert.Equal((1, 2, 3, 4), (c.A, c.B, c.C, c.D));
                c.A = c.B = c.C = c.D = 9;
                Assert.True((Two(c) + Two(c)).Unblock() && (Three(c) + Three(c)).Unblock() && (Four(c) + Four(c)).Unblock());
                var (complete, pending) = (Two(c), Two(c));
                Assert.True(complete.Unblock());
                Assert.True(pending == complete + pending && pending == pending + complete);
                pending.Unblock();
            },
            c => Assert.Equal((9, 9, 9, 9), (c.A, c.B, c.C, c.D)));
    }

    [Fact]
    public void A_sum_passes_a_failure_on()
    {
        Assert.Throws<ArithmeticException>(() => Loops.RunBlocks(c => (Two(c) + Two(c)).Fail(new ArithmeticException())));
        Assert.Throws<ArithmeticException>(() => Loops.RunBlocks(c => (Four(c) + Four(c)).Fail(new ArithmeticException())));
    }

    [Fact]
    public void A_sum_of_events_of_another_loop_brings_both_values()
    {
        Loops.RunBlocks(
            c =>
            {
                var (left, right) = (Two(c), c.Make(c.Slot(ref c.C), c.Slot(ref c.D), 1));
                Loops.OnThread(() => EventLoop.Run(done =>
                {
                    Assert.True((left + right).Trigger(5, 6));
                    done.Trigger();
                }));
            },
            c => Assert.Equal((5, 6, 5, 6), (c.A, c.B, c.C, c.D)));
    }

    [Fact]
    public void Map_and_bind_bring_all_values()
    {
        Loops.RunBlocks(
            c => Assert.True(Two(c).Bind(1, 2).Trigger()),
            c => Take(c, 1, 2),
            c => Assert.True(Three(c).Bind(1, 2, 3).Trigger()),
            c => Take(c, 1, 2, 3),
            c => Assert.True(Four(c).Bind(1, 2, 3, 4).Trigger()),
            c => Take(c, 1, 2, 3, 4),
            c => Assert.True(Two(c).Map((string text) => (text.Length, 2)).Trigger("one")),
            c => Take(c, 3, 2),
            c => Assert.True(Three(c).Map((int n) => (n, n + 1, n + 2)).Trigger(5)),
            c => Take(c, 5, 6, 7),
            c => Assert.True(Four(c).Map((int n) => (n, n + 1, n + 2, n + 3)).Trigger(5)),
            c => Take(c, 5, 6, 7, 8));
        Assert.Throws<ArithmeticException>(() => Loops.RunBlocks(c => Two(c).Map<int, int, int>(_ => throw new ArithmeticException()).Trigger(1)));
    }

    [Fact]
    public void A_hundred_thousand_links_with_several_values_need_no_stack()
    {
        Loops.RunBlocks(
            c =>
            {
                var r = new Rendezvous();
                var e = Two(c);
                for (int i = 0; i < 100_000; i++)
                    e += c.Make(r, Slot<int>.Discard, Slot<int>.Discard, 1);
                Assert.True(e.Trigger(1, 2));
                Assert.Equal(0, r.Waiting);
                r.Cancel();
            },
            c => Assert.Equal((1, 2), (c.A, c.B)));
    }

    [Fact]
    public void Time_limits_fail_or_unblock_events_of_every_arity()
    {
        var minute = TimeSpan.FromMinutes(1);
        Assert.Throws<TimeoutException>(() => Loops.RunBlocks(c => Two(c).WithTimeout(minute)));
        Assert.Throws<TimeoutException>(() => Loops.RunBlocks(c => Three(c).WithTimeout(minute)));
        Assert.Throws<TimeoutException>(() => Loops.RunBlocks(c => Four(c).WithTimeout(minute)));
        var log = new List<bool>();
        Loops.RunBlocks(
            c => Two(c).WithTimeout(minute, Told(c)),
            c => Three(c).WithTimeout(minute, Told(c)),
            c => Assert.True(Four(c).WithTimeout(minute, Told(c)).Trigger(1, 2, 3, 4)),
            c => Assert.Equal((1, 2, 3, 4), (c.A, c.B, c.C, c.D)));
        Assert.Equal([false, false, true], log);

        Event<bool> Told(Call c) => c.Make(Slot.Static<bool>(log.Add), 1);
    }

    [Fact]
    public void Tokens_and_signals_fail_events_of_every_arity()
    {
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => Loops.RunBlocks(c => Assert.False(Two(c).WithCancellation(cancelled).IsPending)));
        Assert.Throws<OperationCanceledException>(() => Loops.RunBlocks(c => Assert.False(Three(c).WithCancellation(cancelled).IsPending)));
        Assert.Throws<OperationCanceledException>(() => Loops.RunBlocks(c => Assert.False(Four(c).WithCancellation(cancelled).IsPending)));
        const int Number = 28;
        const PosixSignal Winch = (PosixSignal)Number;
        Assert.Throws<OperationCanceledException>(() => EventLoop.Run(done => Call.Blocks(done, c => Raise(Two(c).WithSignal(Winch).IsPending))));
        Assert.Throws<OperationCanceledException>(() => EventLoop.Run(done => Call.Blocks(done, c => Raise(Three(c).WithSignal(Winch).IsPending))));
        Assert.Throws<OperationCanceledException>(() => EventLoop.Run(done => Call.Blocks(done, c => Raise(Four(c).WithSignal(Winch).IsPending))));

        static void Raise(bool pending)
        {
            Assert.True(pending);
            IO.Posix.Raise(Number);
        }
    }

    [Fact]
    public void Started_work_triggers_events_of_every_arity_with_its_tuple()
    {
        Loops.RunBlocks(
            c => Two(c).Start(_ => Later((1, 2))),
            c => Take(c, 1, 2),
            c => Three(c).Start(_ => Later((1, 2, 3))),
            c => Take(c, 1, 2, 3),
            c => Four(c).Start(_ => Task.FromResult((1, 2, 3, 4))),
            c => Take(c, 1, 2, 3, 4));
        Assert.Throws<ArithmeticException>(() => Loops.RunBlocks(c => Two(c).Start(_ => Task.FromException<(int, int)>(new ArithmeticException()))));
        Assert.Throws<ArithmeticException>(() => Loops.RunBlocks(c => Three(c).Start(_ => throw new ArithmeticException())));
        Loops.RunBlocks(c => default(Event<int, int>).Start(_ => throw new ArithmeticException()));
    }

    private static async Task<T> Later<T>(T values)
    {
        await Task.Yield();
        return values;
    }

    private static Event<int, int> Two(Call c) => c.Make(c.Slot(ref c.A), c.Slot(ref c.B), 1);

    private static Event<int, int, int> Three(Call c) => c.Make(c.Slot(ref c.A), c.Slot(ref c.B), c.Slot(ref c.C), 1);

    private static Event<int, int, int, int> Four(Call c) => c.Make(c.Slot(ref c.A), c.Slot(ref c.B), c.Slot(ref c.C), c.Slot(ref c.D), 1);

    private static void Take(Call c, params int[] expected)
    {
        Assert.Equal(expected, new[] { c.A, c.B, c.C, c.D }.Take(expected.Length));
        c.A = c.B = c.C = c.D = 0;
    }

    /// <summary>The public members of an event and the public extension methods for it, with its type list written as "values".</summary>
    private static List<string> MembersOf(int arity)
    {
        var type = s_arities[arity];
        var own = type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly);
        var extensions = typeof(Event).Assembly.GetExportedTypes().Where(holder => holder is { IsAbstract: true, IsSealed: true }).SelectMany(holder => holder.GetMethods())
            .Where(method => method.IsDefined(typeof(ExtensionAttribute)) && IsFor(type, method.GetParameters()[0].ParameterType));
        return [.. own.Concat(extensions).Select(method => Text(method, arity)).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether an extension is for an event of any values, not for one of certain types such as IAsyncResult.</summary>
    private static bool IsFor(Type type, Type parameter) =>
        type == parameter || parameter.IsGenericType && parameter.GetGenericTypeDefinition() == type && parameter.GetGenericArguments().All(argument => argument.IsGenericParameter);

    private static string Text(MethodInfo method, int arity)
    {
        string text = $"{Text(method.ReturnType)} {method.Name}({string.Join(", ", method.GetParameters().Select(parameter => Text(parameter.ParameterType)))})";
        string list = string.Join(", ", Enumerable.Range(1, arity).Select(i => arity == 1 ? "T" : string.Create(CultureInfo.InvariantCulture, $"T{i}")));
        return arity switch
        {
            0 => text,
            1 => System.Text.RegularExpressions.Regex.Replace(text, @"\bT\b", "values"),
            _ => text.Replace($"ValueTuple<{list}>", "values", StringComparison.Ordinal).Replace(list, "values", StringComparison.Ordinal),
        };
    }

    private static string Text(Type type)
    {
        if (!type.IsGenericType)
            return type == typeof(Event) ? "Event" : type.Name;
        string name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Text))}>";
    }
}
