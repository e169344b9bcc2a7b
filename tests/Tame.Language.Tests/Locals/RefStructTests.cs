#pragma warning disable CA2014 // a few bytes a turn
using System.Diagnostics.CodeAnalysis;

namespace Tame.Language.Tests.Locals;

/// <summary>Ref structs and references that live between waits go as far as C# lets them go in the body as written.</summary>
public sealed partial class RefStructTests
{
    private ref struct Window
    {
        public Span<int> Items;
        public ref int First;

        public Window(Span<int> items)
        {
            Items = items;
            First = ref items[0];
        }

        public readonly Span<int> Rest() => Items[1..];
    }

    private struct Buffer
    {
        private int _first;

        [UnscopedRef] public Span<int> AsSpan() => new(ref _first);
    }

    private sealed class Resource(Trace trace) : IDisposable
    {
        public void Dispose() => trace.Add("-");
    }

    [Fact]
    public void A_span_of_the_heap_may_be_assigned_to_any_other() => Assert.Equal("2 1 0 30 2 2 2 3 abc", Trace.Of(OfTheHeap));

    [Tamed] private static partial void OfTheHeap(Trace trace, Event done);

    private static void OfTheHeapBody(Trace trace, Event done)
    {
        var text = "abc";
        int[] heap = [1, 2, 3];
        using (twait()) asap(mkevent());
        ReadOnlySpan<char> rest = text;
        while (rest.Length > 0)
        {
            ReadOnlySpan<char> best = default;
            if (rest.Length > 1) best = rest[1..];
            trace.Add(best.Length);
            rest = best;
        }

        Span<int> span = heap;
        ref int place = ref heap[0];
        place = ref span[1];
        place = 30;
        trace.Add(heap[1]);
        var window = new Window(span);
        Span<int> tail = window.Rest();
        span = tail;
        trace.Add(span.Length);
        Fill(out var filled, heap);
        span = filled[1..];
        trace.Add(span.Length);
        if (TryFill(out Span<int> tried, heap)) span = tried[^2..];
        trace.Add(span.Length);
        if (heap.AsSpan() is { Length: 3 } matched) span = matched;
        trace.Add(span.Length);
        if (text.AsSpan() is var chars) rest = chars;
        trace.Add(rest.ToString());
        using (twait()) asap(mkevent());
        done.Trigger();
    }

    [Fact]
    public void A_span_of_the_stack_may_be_assigned_to_those_that_stay_with_it() => Assert.Equal("7 7 0 8 6 4 9 | 8 8 1 8 7 4 9 |", Trace.Of(OfTheStack));

    [Tamed] private static partial void OfTheStack(Trace trace, Event done);

    private static void OfTheStackBody(Trace trace, Event done)
    {
        int[] heap = [7, 8];
        for (var turn = 0; turn < 2; turn++)
        {
            using (twait()) asap(mkevent());
            Span<int> stack = stackalloc int[2];
            stack[0] = turn;
            stack[1] = 7 + turn;
            Span<int> part = stack[1..];
            trace.Add(part[0]);
            scoped Span<int> either = heap;
            either = part;
            trace.Add(either[0]);
            scoped Span<int> later;
            later = stack;
            trace.Add(later[0]);
            Span<int> chosen = turn > 5 ? stack : heap;
            trace.Add(chosen[1]);
            int local = 5;
            var onLocal = new Span<int>(ref local);
            onLocal[0] += 1 + turn;
            trace.Add(local);
            Buffer buffer = default;
            Span<int> inside = buffer.AsSpan();
            inside[0] = 4;
            trace.Add(buffer.AsSpan()[0]);
            ref int place = ref stack[0];
            place = 9;
            trace.Add(stack[0]);
            trace.Add("|");
        }

        done.Trigger();
    }

    [Fact]
    public void Collection_expressions_may_stand_in_every_kind_of_block() => Assert.Equal("6 9 3 8 7 4 9 10 -", Trace.Of(Collections));

    [Tamed] private static partial void Collections(Trace trace, Event done);

    private static void CollectionsBody(Trace trace, Event done)
    {
        var n = 3;
        using (twait()) asap(mkevent());
        try
        {
            Span<int> made = [1, 2, n];
            trace.Add(Sum(made));
            Span<int> stack = stackalloc int[3];
            stack.Fill(n);
            made = stack;
            trace.Add(Sum(made));
            ReadOnlySpan<int> one = new(in n);
            trace.Add(Sum(one));
            using (twait()) asap(mkevent());
        }
        finally
        {
            n++;
        }

        checked
        {
            ReadOnlySpan<int> made = [1, 2, n + 1];
            trace.Add(Sum(made));
            ReadOnlySpan<int> constant = [1, 2, 4], other = constant;
            trace.Add(Sum(other));
            using (twait()) asap(mkevent());
            if (n > 4) using (twait()) asap(mkevent());
            made = [n];
            trace.Add(Sum(made));
        }

        using (new Resource(trace))
        {
            Span<int> made = [n + 5];
            trace.Add(Sum(made));
            made = [n + 6];
            trace.Add(Sum(made));
            using (twait()) asap(mkevent());
        }

        done.Trigger();
    }

    [Fact]
    public void One_may_be_used_on_both_sides_of_a_wait_that_not_every_way_passes() => Assert.Equal("big - 7 1 w - 7 1 - f 4", Trace.Of(BothSides));

    [Tamed] private static partial void BothSides(Trace trace, Event done);

    private static void BothSidesBody(Trace trace, Event done)
    {
        int[] heap = [600, 7, 7];
        for (var i = 0; i < 3; i++)
        {
            using (twait()) asap(mkevent());
            var data = heap.AsSpan(i);
            using var resource = new Resource(trace);
            var line = data[..1];
            if (line[0] > 100)
            {
                trace.Add("big");
                using (twait()) asap(mkevent());
                continue;
            }

            trace.Add(line[0]);
            data = line;
            trace.Add(data.Length);
            if (i == 2) continue;
            using (twait()) asap(mkevent());
            trace.Add("w");
        }

        ref int first = ref heap[0];
        var count = heap.AsSpan();
        try
        {
            if (count.Length > 5)
            {
                using (twait()) asap(mkevent());
                done.Trigger();
                return;
            }

            first = 3;
        }
        finally
        {
            trace.Add("f");
        }

        first++;
        trace.Add(count[0]);
        done.Trigger();
    }

    [Fact]
    public void A_reference_may_be_found_by_a_lambda_in_every_iteration() => Assert.Equal("1 2 3 | 2 22 3 | 3 22 3 |", Trace.Of(Found));

    [Tamed] private static partial void Found(Trace trace, Event done);

    private static void FoundBody(Trace trace, Event done)
    {
        int[] heap = [1, 2, 3];
        foreach (var i in heap)
        {
            using (twait()) asap(mkevent());
            ref int alias = ref Pick(heap, x => x % 10 == i);
            ref readonly int last = ref (i > 5 ? ref heap[0] : ref Pick(heap, x => x >= i && x % 10 == 3));
            ref var later = ref Keep(() => i * 10);
            trace.Add(alias);
            alias += later();
            trace.Add(heap[Math.Min(i, 1)]);
            trace.Add(last % 10);
            alias = ref Pick(heap, delegate (int x) { return x % 10 == i; });
            using (twait()) asap(mkevent());
            trace.Add("|");
        }

        done.Trigger();
    }

    private static ref Func<int> Keep(Func<int> function) => ref new[] { function }[0];

    private static ref int Pick(int[] numbers, Func<int, bool> choose) => ref numbers[Array.FindIndex(numbers, n => choose(n))];

    private static int Sum(scoped ReadOnlySpan<int> items)
    {
        var sum = 0;
        foreach (var item in items) sum += item;
        return sum;
    }

    private static void Fill(out Span<int> span, int[] heap) => span = heap;

    private static bool TryFill(out Span<int> span, int[] heap)
    {
        span = heap;
        return true;
    }
}
