// Program 527 of seed 221: Miscompiled: CS1525: Invalid expression term '…'.
public partial class Program
{
    public static void Main(World t, Event done) => new Program().Start(t, done);
    [Tamed] private partial void Start(World t, Event then);
    private void StartBody(World t, Event then)
    {
        checked
        {
            var dynamic = new[] { new { N = 0 }, new { N = new Notebook { Notes = { [0] = 2 } }.Notes[1] } }.ToList();
            using (twait()) asap(mkevent());
        }
    }
}
