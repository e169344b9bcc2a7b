// Program 88 of seed 11: Differs.
public partial class Program
{
    public static void Main(World t, Event done) => new Program().Start(t, done);
    [Tamed] private partial void Start(World t, Event done);
    private void StartBody(World t, Event done)
    {
        try
        {
            t.MayThrow(7);
        }
        catch (ProgramException x1)
        {
            t.Add(17, x1);
            using (twait())
            {
            }
        }
        finally
        {
            using (var k1 = new Counter(t, 22))
            {
            }
        }
    }
}
