// Made from program 274 of seed 1: spans and references whose values have lambdas, in loops, checked blocks, handlers, and assigned.
public partial class Program
{
    private static int S = 5; private static readonly int[] A = [1, 2, 3];
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        var later = new List<Func<int>>();
        int n = 1;
        scoped Span<int> s = [A.Count(x => x == n), n];
        t.Add(1, s[0]);
        foreach (int i in A)
        {
            int k = i + n;
            ReadOnlySpan<int> both = [A.Count(x => x == i), Hold(later, () => i * 10 + k)], other = [k, Hold(later, () => k)];
            t.Add(2, both[0] + both[1] + other[1]);
            ref readonly int inSpan = ref both[A.Count(x => x > 100 + k)];
            inSpan = ref other.Length > 1 ? ref both[A.Count(x => x < k) * 0 + 1] : ref both[0];
            t.Add(10, inSpan);
            ref int alias = ref A[A.Count(x => x == i) - Math.Min(1, Hold(later, () => k++))];
            alias += 1;
            t.Add(3, A[0]);
            checked
            {
                Span<int> sum = [A.Count(x => x == i) + k, 1], cast = (Span<int>)[Hold(later, () => k + 1)];
                t.Add(4, sum[0] + cast[0]);
                using (twait()) asap(mkevent());
            }
            try
            {
                Span<int> inTry = Make([i, k], () => i + k);
                t.Add(5, inTry[0]);
                inTry = stackalloc int[A.Count(x => x != i) + 1];
                t.Add(6, inTry.Length);
                if (i == 2) { using (twait()) asap(mkevent()); }
            }
            finally { t.Add(7, k); }
            Span<Func<int>> all = [() => i, () => k + i];
            t.Add(8, all[0]() + all[1]());
            ref readonly int inCall = ref Pick(A.Select(x => x + k).ToArray());
            t.Add(9, inCall);
            n++;
            if (n == 3) continue;
            t.Add(11, k);
        }
        s = [A.Count(x => x == n), n];
        t.Add(12, s[1]);
        using (twait()) asap(mkevent());
        foreach (var f in later) t.Add(13, f());
        done.Trigger();
    }
    private static int Hold(List<Func<int>> later, Func<int> f) { later.Add(f); return f(); }
    private static Span<int> Make(Span<int> s, Func<int> f) { s[0] = f(); return s; }
    private static ref readonly int Pick(int[] items) => ref items[0];
}
