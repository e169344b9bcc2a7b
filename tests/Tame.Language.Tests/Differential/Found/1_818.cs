// Program 818 of seed 1 with CallerInfoInAttributesAnywhere: Differs.
public partial class Program
{
    private static int @params = 2; private static Pair G; private static int S = 5; private static readonly int[] A = [1, 2, 3];
    [Tamed] public static partial void Main(World t, Event then);
    private static void MainBody(World t, Event then)
    {
        int i;
            i = 0;
            using (twait())
            {
                M1(t, 0, mkevent(out @params));
                [Named] int L1([Named] int @await) => @await + 0; t.Add(19, NamedAttribute.Of((Func<int, int>)L1) + NamedAttribute.OfParameter((Func<int, int>)L1));
            }
        t.Add(21, i);
    }
    [Tamed] private static partial void M1(World t, int @byte, Event<int> @out);
    private static void M1Body(World t, int @byte, Event<int> @out)
    {
    }
}
