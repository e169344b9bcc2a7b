// Program 58 of seed 7: Miscompiled: CS0136: A local or parameter named '…' cannot be declared in this scope because that name is used in an enclosing local scope to define a local or parameter.
public partial class Program
{
    private int F; private Pair G; private static int S; private readonly int[] A = [1, 2, 3];
    [Tamed] private partial void Start(World t, Event done);
    private void StartBody(World t, Event done)
    {
        switch ((F, true))
        {
            case (0, true): case (1, _):
            {
                using (twait()) t.Later(1, (t.Any() is int v ? v : F), mkevent(out S));
            }
            break;
            {
                t.Try(0, out int v);
            }
        }
    }
}
