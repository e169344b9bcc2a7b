// Program 1024 of seed 110: FalseAlarm: TAME060: '…' may never trigger: the path where '…' does not fit (line …) neither triggers it nor passes it on; trigger it, fail it or throw there.
public partial class Program
{
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        int i = 3;
        using (twait()) asap(mkevent());
        switch ((t.Any() is int v ? v : i) + 4)
        {
            case > 1:
                t.Add(1, done.Trigger());
                break;
            case <= 1:
                t.Add(2, done.Trigger());
                break;
        }
    }
}
