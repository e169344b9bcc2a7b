using System.Runtime.CompilerServices;

namespace Demo;

/// <summary>Values of spans and references that hold on to the variables of their lambdas, with calls in them that ask for their line.</summary>
public static partial class HeldValues
{
    [Tamed] public static partial void Spans(int[] numbers, Event<int> done);

    private static void SpansBody(int[] numbers, Event<int> done)
    {
        var sum = 0;
        foreach (var number in numbers)
        {
            Span<int> both = [Line(number), numbers.Sum(n => n + number), new At(number).Place];
            Span<int> rest = numbers.Where(n => n > number + Line(number)).ToArray();
            both = numbers.Select(n => n + number).ToArray().AsSpan(Line(0) * 0);
            ref int at = ref both[numbers.Count(n => n == number + Line(n)) +
                Line(number) * 0];
            ref var first = ref Pick(numbers, n => n == number);
            at = ref numbers[numbers.Sum(n => number - n) * Line(number) * 0];
            ReadOnlySpan<char> text = numbers.Select(n => (char)(n + number + Line(n))).ToArray();
            at += rest.Length + text.Length + first;
            using (twait()) asap(mkevent());
            sum += number;
        }

        done.Trigger(sum);
    }

    [Tamed] public static partial void Blocks(int[] numbers, Event<int> done);

    private static void BlocksBody(int[] numbers, Event<int> done)
    {
        foreach (var number in numbers)
        {
            if (number > 3)
            {
                Span<int> both = [numbers.Sum(n =>
                    n + number + Line(n)), Line(number)]; both[0]++;
                scoped Span<int> later;
                later = numbers.Where(n => { var m = n + Line(n); return m > number; }).ToArray(); later[0]--;
            }

            using (twait()) asap(mkevent());
        }

        done.Trigger(numbers.Length);
    }

    private static int Line(int n, [CallerLineNumber] int line = 0) => n + line;

    private static ref int Pick(int[] numbers, Func<int, bool> choose) => ref numbers[Array.FindIndex(numbers, n => choose(n))];

    private readonly struct At(int number, [CallerLineNumber] int line = 0)
    {
        public int Place => number + line;
    }
}
