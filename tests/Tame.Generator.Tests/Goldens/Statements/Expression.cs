namespace Demo;

public static partial class Expression
{
    [Tamed] public static partial void Wait(Rendezvous<int> rendezvous, int[] ids);

    private static void WaitBody(Rendezvous<int> rendezvous, int[] ids) => twait(rendezvous, out ids[^1]);

    [Tamed] public static partial void Soon(Event done);

    private static void SoonBody(Event done) => asap(done);
}
