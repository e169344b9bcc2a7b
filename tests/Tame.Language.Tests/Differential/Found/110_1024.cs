// Program 1024 of seed 110: FalseAlarm: TAME060: '…' may never trigger: the body neither triggers it nor hands it on; trigger it, fail it or throw there.
public partial class Program
{
    public static void Main(World t, Event done) => new Program().Start(t, done);
    [Tamed] private partial void Start(World t, Event then);
    private void StartBody(World t, Event then)
    {
    }
}
