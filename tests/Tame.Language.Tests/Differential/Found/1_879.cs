// Program 879 of seed 1 with CallerInfoInAttributesAnywhere: Differs.
public partial class Program
{
    [Tamed] public static partial void Main(World t, Event then);
    private static void MainBody(World t, Event then)
    {
        int nint = 0, j = 5;
        {
            int L(int @is) { t.Add(2, @is); return @is > 3 || @is < 0 ? 0 : L(@is + 2); }
            Delegate @partial = L;
            using (twait()) asap(mkevent());
        }
        foreach (var e in t.Numbers(1))
        {
            using (twait()) asap(mkevent());
            [Named] int L([Named] int y) => y + j; t.Add(19, NamedAttribute.Of((Func<int, int>)L) + NamedAttribute.OfParameter((Func<int, int>)L));
        }
    }
}
