using System.Threading;

namespace Demo;

public static partial class Kept
{
    private static int count;

    [Tamed] public static partial void Run(object input, Event<string> done);

    private static void RunBody(object input, Event<string> done)
    {
        const int Limit = 3;
        ArgumentNullException.ThrowIfNull(input);
        if (!int.TryParse(input.ToString(), out var number)) throw new FormatException();
        if (input is not string text) throw new FormatException();
        (int x, string y) pair = (1, "a");
        var (left, right) = pair;
        int[] items = { 1, 2, 3 };
        int early = items.Length;
        Span<int> span = stackalloc int[3];
        span[0] = early;
        early = span[0];
        using (twait()) asap(mkevent());
        count++;
        {
            var temporary = left + Limit;
            using (twait()) asap(mkevent());
            var State = temporary + number;
            using (twait()) asap(mkevent());
            left = State;
        }

        {
            int count = 4; // hides the field in this block only
            using (twait()) asap(mkevent());
            left += count;
        }

        {
            int late = 5;
            ref int alias = ref items[0];
            alias = late;
            using (twait()) asap(mkevent());
        }

        var anonymous = new { left, items.Length }.ToString() + (left, right).ToString() + nameof(left);
        Func<int> later = () => left + items[0];
        int Twice(int v) => v * later() + left;
        using (twait()) asap(mkevent());
        done.Trigger(text + right + Twice(2) + anonymous);
    }
}
