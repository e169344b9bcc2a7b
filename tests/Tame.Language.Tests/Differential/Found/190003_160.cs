// Program 160 of seed 190003: Differs.
public partial class Program
{
    private int @params = 2; private Pair G; private static int S = 5; private readonly int[] A = [1, 2, 3];
    public static void Main(World t, Event done) => new Program().Start(t, done);
    [Tamed] private partial void Start(World t, Event @out);
    private void StartBody(World t, Event @out)
    {
        int notnull = 4, j = @params;
        try
        {
            using (twait())
            {
                t.Later(2, j, mkevent(out @notnull));
                t.Fail(0, 1, mkevent());
                if ((notnull is > 1 and < 5)) { throw new ProgramException(2); }
                if (t.Maybe()) { throw new NarrowException(3); }
                t.Add(4, A);
            }
            using (twait()) timer(TimeSpan.FromSeconds(2), mkevent());
            t.Add(5, G);
        }
        catch (NarrowException @class) when (t.Some())
        {
            t.Add(6, @class);
            using (twait())
            {
                t.Later(3, (t.AnyNotes()?[@params * 2] ?? 0), mkevent(out j));
                t.Add(7, A);
                using (twait()) timer(TimeSpan.FromSeconds(1), mkevent());
            }
        }
        catch when (t.Try(8, out int v1))
        {
            using (twait()) asap(mkevent());
            t.Keep(() => v1 += 2);
            t.Add(9, v1);
            using (twait()) t.Later(1, 0, mkevent(out v1));
            checked
            {
                void L() => notnull += t.Big();
                void @when() => --S;
                var o3 = new { N = A[t.Get(11, v1) & 1], In = new { K = (v1 * 5), M = $"s{(from file in new Notes(1) select file - 7)}" } };
                using (twait()) t.Later(0, t.Next(5), mkevent(out notnull));
                L(); L(); @when(); @when(); 
            }
            t.Add(29, G);
        }
        t.Add(30, @G);
        t.CallKept(31);
    }
}
