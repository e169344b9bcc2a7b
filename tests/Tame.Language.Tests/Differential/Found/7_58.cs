public partial class Program
{
    private static int F; private static int S;
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        switch ((F, true))
        {
            case (0, true): case (1, _):
            {
                using (twait()) t.Later(1, (t.Any() is int v ? v : F), mkevent(out S));
                t.Add(1, S);
            }
            break;
            default:
            {
                t.Try(0, out int v);
                t.Add(2, v);
            }
            break;
        }
        using (twait()) t.Later(3, (t.Any() is int v ? v : F), mkevent(out S));
        using (twait()) t.Later(4, (t.Any() is int v ? v : F), mkevent(out S));
        done.Trigger();
    }
}
