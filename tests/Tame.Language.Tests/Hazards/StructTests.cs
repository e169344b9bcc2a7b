#pragma warning disable CA2014 // A wait ends the method for the time being, and so gives back the memory of the turn before.
using System.Runtime.CompilerServices;

namespace Tame.Language.Tests.Hazards;

/// <summary>Values that copying would spoil, and those that live on the stack only.</summary>
public sealed partial class StructTests
{
    private struct Counter(int start) : IDisposable
    {
        public int Count = start;

        public static Trace? Log { get; set; }

        public int Next() => ++Count;

        public readonly void Dispose() => Log?.Add("-" + Count);
    }

    [Fact]
    public void A_foreach_or_using_variable_of_struct_type_is_changed_in_place_by_its_methods() => Assert.Equal("2 3 3 11 12 12 7 -7 -31 9 9 22 -22", Trace.Of(InPlace));

    [Tamed] private static partial void InPlace(Trace trace, Event done);

    private static void InPlaceBody(Trace trace, Event done)
    {
        Counter.Log = trace;
        foreach (var each in new[] { new Counter(1), new Counter(10) })
        {
            trace.Add(each.Next());
            using (twait()) asap(mkevent());
            trace.Add(each.Next());
            Func<int> captured = () => each.Count;
            trace.Add(captured());
        }

        using (var resource = new Counter(5))
        {
            resource.Next();
            using (twait()) asap(mkevent());
            trace.Add(resource.Next());
        }

        using var one = new Counter(20);
        {
            using var two = new Counter(30);
            two.Next();
            using (twait()) asap(mkevent());
            one.Next();
        }

        foreach (var (counter, n) in new[] { (new Counter(7), 1) })
        {
            using (twait()) asap(mkevent());
            trace.Add(counter.Next() + n);
            trace.Add(counter.Next());
        }

        trace.Add(one.Next());
        done.Trigger();
    }

    private readonly record struct Fixed(int Value)
    {
        public int Twice() => Value * 2;
    }

    [Fact]
    public void In_arguments_readonly_structs_and_fields_of_kept_structs_are_not_copied_where_it_shows() => Assert.Equal("2 3 8 5 105 True", Trace.Of(Ins));

    [Tamed] private static partial void Ins(Trace trace, Event done);

    private static void InsBody(Trace trace, Event done)
    {
        var counter = new Counter(1);
        var plain = new Fixed(4);
        (Counter First, int Second) pair = (new Counter(3), 0);
        using (twait()) asap(mkevent());
        trace.Add(Read(in counter, () => counter.Next()));
        trace.Add(Read(counter, () => counter.Next()));
        trace.Add(plain.Twice());
        pair.First.Next();
        using (twait()) asap(mkevent());
        pair.First.Next();
        ref var second = ref pair.Second;
        second = pair.First.Count;
        Bump(ref pair.First.Count);
        trace.Add(pair.Second);
        trace.Add(pair.First.Count);
        trace.Add(Unsafe.AreSame(ref pair.Second, ref second));
        done.Trigger();
    }

    private static int Read(in Counter counter, Action change)
    {
        change();
        return counter.Count;
    }

    private static void Bump(ref int value) => value += 100;

    [Fact]
    public void Spans_refs_and_pointers_may_live_between_waits() => Assert.Equal("3 7 3 0 head2 5 7 6 8 5 1 tail2 6 8", Trace.Of(Between));

    private ref struct Window(Span<int> items)
    {
        public Span<int> Items = items;

        public readonly int Sum()
        {
            var sum = 0;
            foreach (var item in Items) sum += item;
            return sum;
        }

        public void Dispose() => Items = default;
    }

    [Tamed] private static partial void Between(Trace trace, Event done);

    private static void BetweenBody(Trace trace, Event done)
    {
        var numbers = new[] { 1, 2, 3, 4 };
        for (var turn = 0; turn < 2; turn++)
        {
            Span<int> memory = stackalloc int[3];
            scoped Span<int> view = memory;
            memory.Fill(turn + 1);
            trace.Add(new Window(view).Sum());
            using (twait()) asap(mkevent());
            Span<int> after = stackalloc int[] { turn, turn };
            foreach (ref var each in after) each += 5;
            trace.Add(after[0] + after.Length);
            using (var window = new Window(numbers.AsSpan(turn, 2))) trace.Add(window.Sum());
            ref int first = ref numbers[turn];
            first *= 10;
            unsafe
            {
                fixed (int* p = numbers) p[3]++;
                int* q = stackalloc int[2];
                q[1] = turn;
                trace.Add(q[1]);
            }

            using (twait()) asap(mkevent());
            var rest = numbers.AsSpan()[1..];
            switch (rest)
            {
                case [20, .. var tail]:
                    trace.Add("tail" + tail.Length);
                    break;
                case [var head, ..] when head > 1:
                    trace.Add("head" + head);
                    break;
            }

            lock (numbers)
            {
                trace.Add(numbers[3]);
            }

            unsafe
            {
                int local = turn;
                *&local += 7;
                trace.Add(local);
            }

            using (twait()) asap(mkevent());
        }

        done.Trigger();
    }
}
