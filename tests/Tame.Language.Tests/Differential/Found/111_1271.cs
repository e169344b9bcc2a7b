// Program 1271 of seed 111: FalseAlarm: TAME060: '…' may never trigger: the body neither triggers it nor hands it on; trigger it, fail it or throw there.
public partial class Program
{
    public static void Main(World t, Event done) => new Program().Start(t, done);
    [Tamed] private partial void Start(World t, Event @out);
    private void StartBody(World t, Event @out)
    {
    }
}
