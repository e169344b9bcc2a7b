// Program 161 of seed 1: Same: .
public partial class Program
{
    private static int @params = 2; private static Pair G; private static int S = 5; private static readonly int[] A = [1, 2, 3];
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        int value = @params, j1 = (@params switch { 0 => @params, > 2 => (from q in new Notes(1) select q + 5), _ => S });
        @goto: t.Add(27);
        using (twait()) M1(t, mkevent());
        var m1 = t.Maybe();
        if (t.Go() && (A is [_, _, > 2])) goto @goto;
        using (twait()) timer(TimeSpan.FromSeconds(3), mkevent());
        try
        {
            t.Add(28, (t.Maybe() ? (3 switch { 0 => S, > 2 => j1, _ => 0 }) : j1));
        }
        catch (ProgramException x1)
        {
            t.Add(29, x1);
            const int c = 3;
            t.Add(30, j1);
        }
        finally
        {
            j1 += value;
        }
        int L1(int y) { t.Add(31, y); return y > 3 || y < 0 ? (j1 + value) : L1(y + 2); }
        t.Add(32, A);
        t.Add(33, value);
        try
        {
            using (twait()) M2(t, 3, mkevent(out @params));
        }
        catch (Exception x0)
        {
            t.Add(34, x0);
        }
        try
        {
            using (twait()) M1(t, mkevent());
        }
        catch (Exception x0)
        {
            t.Add(35, x0);
        }
        t.CallKept(36);
        t.Add(37, done.Trigger());
    }
    [Tamed] private static partial void M1(World t, Event then);
    private static void M1Body(World t, Event then)
    {
        int i = "ab".Length, j1 = (@params switch { 0 => @params, > 2 => S, _ => 4 });
        if (t.Maybe()) 
        {
            if (t.Any() is not int v) { t.Add(17); t.Add(16, then.Trigger()); return; }
            t.Add(18, then.Trigger()); return;
        }
        bool b5 = (A is [1, ..]);
        if (@b5) 
        {
            t.Add(19, A);
            using (twait()) M2(t, t.Next(2), mkevent(out j1));
            t.Add(20, b5);
            t.Add(21, b5);
            twait(t.Work(1, i), out int _);
        }
        Box<int> x = new Box<int> { Value = j1 };
        if ((1 is not 1)) 
        {
            t.Try(5, out int v1);
            t.Add(22, x);
            t.Add(23, x);
            twait(t.Work(0));
        }
        t.Add(24, --i);
        switch (t.Some())
        {
            case true:
                t.Add(25, then.Trigger());
            break;
            case false:
                t.Add(26, then.Trigger());
            break;
        }
    }
    [Tamed] private static partial void M2(World t, int @where, Event<int> then);
    private static void M2Body(World t, int @where, Event<int> then)
    {
        int @goto = @params, j = @where;
        if (t.Get(1, !t.Some())) 
        {
            {
                var r3 = new Rendezvous<int>();
                t.Later(2, 2, mkevent(r3, @goto, out @params));
                t.Later(0, 3, mkevent(r3, @goto, out j));
                t.Add(4, @goto);
                t.Add(5, G);
                while (r3.Waiting + r3.Ready > 0)
                {
                    twait(r3, out @where, error: out Exception? error); t.Add(6, error);
                    using (twait()) t.Later(3, @params, mkevent(out @goto));
                }
            }
            t.Add(7, @where);
            t.Add(8, @params);
            t.Add(9, then.Trigger(0)); return;
        }
        bool b = !t.Some();
        if (t.Maybe()) 
        {
            twait(t.Work(1, t.Next(4)), out var i);
            t.Add(10, A);
            t.Add(11, b);
            using (twait()) t.Later(3, @goto, mkevent(out @i));
        }
        bool b1 = ((1 is 0 or 2) || ((@where * S) > S));
        if ((3 > S)) 
        {
            string s1 = $"s{2}";
            t.Add(12, b1);
            twait(e => t.Later(0, t.Next(3), j, e), out int @using, out int i);
        }
        @G.A = @goto;
        t.Add(13, A);
        switch ((A is [_, _, > 2]))
        {
            case true:
                t.Add(14, then.Trigger((2 switch { 0 => (t.Some() ? 3 : 5), > 2 => t.Next(5), _ => @goto })));
            break;
            case false:
                t.Add(15, then.Trigger(@goto));
            break;
        }
    }
}
