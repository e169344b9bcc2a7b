// Program 1153 of seed 221: Differs.
public partial class Program
{
    private int F = 2; private Pair G; private static int S = 5; private readonly int[] A = [1, 2, 3];
    public static void Main(World t, Event done) => new Program().Start(t, done);
    [Tamed] private partial void Start(World t, Event @out);
    private void StartBody(World t, Event @out)
    {
        int get = ((((t.Some() && t.Some()) || (t.Any() is not string v2 || v2.Length > 1)) ? F : (int?)null) ?? 0), j = F;
        if (t.Some())
        {
            string s2 = $"s{t.Get(15, F)}";
            using (twait())
            {
                t.Add(16, mkevent().Trigger());
                t.Later(4, mkevent());
                try
                {
                    try
                    {
                        t.Keep(() => j++);
                        at17: t.Add(18);
                        if ((F != j)) { throw new ProgramException(19); }
                        for (int i1 = 2; ; i1++)
                        {
                            if (!t.Go() || (get == (get / t.Next(4)))) break;
                            using (twait()) M1(t, (t.Next(5) + i1), mkevent(out @A[@get++ & 1]));
                        }
                        if (t.Go() && t.Some()) goto at17;
                        t.Add(20, F);
                        t.Throw(21);
                    }
                    finally
                    {
                        t.MayThrow(22);
                    }
                }
                catch (ProgramException x) when (x.Number is var v && t.Keeps(() => v++))
                {
                }
            }
        }
        t.Add(47, get);
    }
    [Tamed] private partial void M1(World t, int @where, Event<int> @out);
    private void M1Body(World t, int @where, Event<int> @out)
    {
        int i = 1, j = F;
        (int A, string B) u = (i, "ab");
        if (t.Maybe()) 
        {
        }
        const int c = 4;
        t.Add(14, @out.Trigger(c));
    }
}
