using Tame.CompilerServices;

namespace Tame;

/// <summary>Creates the sums of events with values, which differ in the location of their slots.</summary>
internal static class Sums
{
    public static Event<T> Of<T>(Event<T> left, Event<T> right)
    {
        if (IsOne<Event<T>, T>(left, right, out var one))
            return one;
        var sum = new Sum<Event<T>, T>(Here(), left, right);
        return sum.Make(new Action<T>(sum.Take), SlotKind.Setter).Typed<T>();
    }

    public static Event<T1, T2> Of<T1, T2>(Event<T1, T2> left, Event<T1, T2> right)
    {
        if (IsOne<Event<T1, T2>, (T1, T2)>(left, right, out var one))
            return one;
        var loop = Here();
        var sum = new Sum<Event<T1, T2>, (T1, T2)>(loop, left, right);
        var set = loop.Pools.RentSlotSet();
        Put(set, 0, Slot.At(sum, ref sum.Values.Item1));
        Put(set, 1, sum.Setter<T2>(static (sum, value) => sum.Values.Item2 = value));
        var e = sum.Make(set, SlotKind.Set);
        return new Event<T1, T2>(e.Lifeline!, e.Number);
    }

    public static Event<T1, T2, T3> Of<T1, T2, T3>(Event<T1, T2, T3> left, Event<T1, T2, T3> right)
    {
        if (IsOne<Event<T1, T2, T3>, (T1, T2, T3)>(left, right, out var one))
            return one;
        var loop = Here();
        var sum = new Sum<Event<T1, T2, T3>, (T1, T2, T3)>(loop, left, right);
        var set = loop.Pools.RentSlotSet();
        Put(set, 0, Slot.At(sum, ref sum.Values.Item1));
        Put(set, 1, Slot.At(sum, ref sum.Values.Item2));
        Put(set, 2, sum.Setter<T3>(static (sum, value) => sum.Values.Item3 = value));
        var e = sum.Make(set, SlotKind.Set);
        return new Event<T1, T2, T3>(e.Lifeline!, e.Number);
    }

    public static Event<T1, T2, T3, T4> Of<T1, T2, T3, T4>(Event<T1, T2, T3, T4> left, Event<T1, T2, T3, T4> right)
    {
        if (IsOne<Event<T1, T2, T3, T4>, (T1, T2, T3, T4)>(left, right, out var one))
            return one;
        var loop = Here();
        var sum = new Sum<Event<T1, T2, T3, T4>, (T1, T2, T3, T4)>(loop, left, right);
        var set = loop.Pools.RentSlotSet();
        Put(set, 0, Slot.At(sum, ref sum.Values.Item1));
        Put(set, 1, Slot.At(sum, ref sum.Values.Item2));
        Put(set, 2, Slot.At(sum, ref sum.Values.Item3));
        Put(set, 3, sum.Setter<T4>(static (sum, value) => sum.Values.Item4 = value));
        var e = sum.Make(set, SlotKind.Set);
        return new Event<T1, T2, T3, T4>(e.Lifeline!, e.Number);
    }

    /// <summary>True if one of the two is not pending: the sum then is the other event itself.</summary>
    private static bool IsOne<TEvent, TValues>(TEvent left, TEvent right, out TEvent one)
        where TEvent : struct, IValueEvent<TValues>
    {
        bool leftIsPending = left.Unblocker.IsPending;
        one = leftIsPending ? left : right;
        return !leftIsPending || !right.Unblocker.IsPending;
    }

    private static EventLoop Here() => LoopThread.Current ?? throw Errors.NoLoop();

    private static void Put<T>(SlotSet set, int index, Slot<T> slot) => set.Put(index, slot.Target, slot.Offset);
}
