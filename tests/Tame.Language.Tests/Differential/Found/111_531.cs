// Program 531 of seed 111: FalseAlarm: TAME060: '…' may never trigger: the body neither triggers it nor hands it on; trigger it, fail it or throw there.
public partial class Program
{
    [Tamed] public static partial void Main(World t, Event then);
    private static void MainBody(World t, Event then)
    {
    }
}
