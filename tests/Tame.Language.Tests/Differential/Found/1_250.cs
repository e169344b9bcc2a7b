// Program 250 of seed 1: Same: .
public partial class Program
{
    private static int F = 2; private static Pair G; private static int S = 5; private static readonly int[] A = [1, 2, 3];
    [Tamed] public static partial void Main(World t, Event @out);
    private static void MainBody(World t, Event @out)
    {
        int i1 = F, j = 4;
        using (twait()) M1(t, mkevent());
        (j, j) = (t.Next(2), j);
        try
        {
            using (twait()) M1(t, mkevent());
        }
        catch (Exception x0)
        {
            t.Add(10, x0);
        }
        t.CallKept(11);
        t.Add(12, @out.Trigger());
    }
    [Tamed] private static partial void M1(World t, Event done);
    private static void M1Body(World t, Event done)
    {
        int i = F, j = (t.Get(1, t.Maybe()) ? F : 4);
        if ((t.Any() is int v1 && v1 > 0)) 
        {
            for (; ; )
            {
                if (!t.Go() || !t.Get(2, (t.Any() is Pair { A: > 0 } v3 && v3.B is not null))) break;
                if (!t.Some()) { break; }
                const int @return = 1;
                t.Add(3, A);
            }
            var s = "ab";
            t.Add(4, F);
            t.Add(5, done.Trigger()); return;
        }
        dynamic d = i;
        if (t.Some()) 
        {
            twait(@event => t.Later(3, i, @event), out A[j & 1]);
            t.Add(6, d);
            twait(t.Work(1, 1));
        }
        var @ref = "ab";
        if (t.Some()) 
        {
            t.Add(7, i);
            t.Add(8, @ref);
            using (twait()) timer(TimeSpan.FromSeconds(2), mkevent());
        }
        t.Try(@i, out int @if);
        t.Add(9, done.Trigger());
    }
}
