// Program 125 of seed 3: Differs.
public partial class Program
{
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        t.Try(0, out int v);
        using (twait()) t.Later(2, Notes.SumOf([0, ((t.Any() is int v1 && v1 > 0) switch { true => v, false => v })]), mkevent(out v));
    }
}
