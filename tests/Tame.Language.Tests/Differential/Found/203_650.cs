// Program 650 of seed 203: Miscompiled: CS0019: Operator '…' cannot be applied to operands of type '…' and '…'.
public partial class Program
{
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        int i = 0;
        var r = new Rendezvous<int>();
        t.Later(1, mkevent(r, 40));
        try
        {
            twait(r, out i);
            t.Throw(25);
        }
        catch (ProgramException) when (t.Maybe())
        {
            t.Keep(() => i++);
        }
        catch (Exception)
        {
        }
        t.CallKept(34);
        done.Trigger();
    }
}
