// Program 39 of seed 11: Miscompiled: CS0165: Use of unassigned local variable 'o1', in a handler of a try that is empty.
public partial class Program
{
    public static void Main(World t, Event done) => new Program().Start(t, done);
    [Tamed] private partial void Start(World t, Event done);
    private void StartBody(World t, Event done)
    {
        var r1 = new Rendezvous<int>();
        asap(mkevent(r1, 5));
        var o1 = new { N = 0, M = "" };
        twait(r1, error: out Exception? error1);
        t.Add(42, error1);
        try
        {
        }
        catch
        {
            t.Add(43, o1.N);
        }
        done.Trigger();
    }
}
