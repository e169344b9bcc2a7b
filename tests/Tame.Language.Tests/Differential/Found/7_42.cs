public partial class Program
{
    private static int S;
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        Again(t, mkevent0(done));
        static Event mkevent0(Event e) => e;
    }
    [Tamed] private static partial void Again(World t, Event done);
    private static void AgainBody(World t, Event done)
    {
        at1: t.Add(2);
        if (t.Go() && true) goto at1;
        done.Trigger();
    }
}
