// Made from program 36 of seed 7: Refused: TAME026: a return of the lambda of a wait inside a block.
public partial class Program
{
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        for (int i = 0; i < 2; i++)
        {
            using (twait())
            {
                t.Later(1, i, mkevent(out int w));
                twait(e => { if (i == 0) { e.Trigger(5); return; } t.Add(21); t.Later(3, i, e); }, out int v);
                t.Add(22, v);
            }
        }
        done.Trigger();
    }
}
