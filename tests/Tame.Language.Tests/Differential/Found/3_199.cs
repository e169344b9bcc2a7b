// Program 199 of seed 3: one name declared in a wait, and in a statement without one.
public partial class Program
{
    private static int F; private static Pair G; private static int S; private static readonly int[] A = [1, 2, 3];
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        switch (t.Any())
        {
            case int v when ((from q2 in A where q2 > t.Get(4, F) select q2 + F++).Sum() is 0 or 2):
            {
                switch ((0, true))
                {
                    case (var v5, false) when v5 > 1:
                    break;
                }
                using (twait()) t.Later(2, 0, mkevent(out A[(t.Try(v, out int v5) ? v5 : -v5) & 1]));
            }
            break;
        }
    }
}
