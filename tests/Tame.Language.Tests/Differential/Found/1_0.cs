// Program 0 of seed 1: Miscompiled: CS0152: The switch statement contains multiple cases with the label value '…'.
public partial class Program
{
    [Tamed] private partial void Start(World t, Event done);
    private void StartBody(World t, Event done)
    {
        using (twait()) M1(t, mkevent());
        try
        {
            using (twait()) M1(t, mkevent());
        }
        catch (Exception x0)
        {
        }
    }
    [Tamed] private partial void M1(World t, Event done);
    private void M1Body(World t, Event done)
    {
    }
}
