// Program 1700 of seed 203: Differs.
public partial class Program
{
    public static void Main(World t, Event done) => new Program().Start(t, done);
    [Tamed] private partial void Start(World t, Event @out);
    private void StartBody(World t, Event @out)
    {
        try
        {
            try
            {
                twait(@if => t.Fail(0, 16, @if));
            }
            finally
            {
                t.MayThrow(17);
            }
        }
        catch (ProgramException x2) when (x2.Message is { Length: > 2 and var v9 } && t.Keeps(() => v9++))
        {
            using (twait()) asap(mkevent());
        }
        t.CallKept(34);
    }
}
