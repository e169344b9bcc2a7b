// Program 1540 of seed 215: Differs.
public partial class Program
{
    public static void Main(World t, Event done) => new Program().Start(t, done);
    [Tamed] private partial void Start(World t, Event then);
    private void StartBody(World t, Event then)
    {
        int i = (t.Some() ? t.Next(2) : 5), j = t.MayThrow(16);
        using (twait())
        {
            M1(t, mkevent());
            twait(@lock => { if (t.Some()) { @lock.Trigger(i); return; } t.Add(17); t.Later(1, j, @lock); }, out int i1);
            dynamic @field = t.Unknown();
            switch ((t.Next(3), t.Some()))
            {
                case (0, true): case (1, _):
                {
                    t.Add(0, t.MayThrow(19));
                }
                break;
            }
        }
    }
    [Tamed] private partial void M1(World t, Event done);
    private void M1Body(World t, Event done)
    {
        t.Add(0, ((t.Any() is not string v || v.Length > 1) ? 0 : 5));
        twait(t.CanceledWork(3, 0), out int i);
    }
}
