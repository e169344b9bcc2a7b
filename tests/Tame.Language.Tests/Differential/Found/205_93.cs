// Program 93 of seed 205: Miscompiled: CS8127: Tuple element names must be unique..
public partial class Program
{
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        int @partial = 0, j = 0;
        try
        {
        }
        catch (TimeoutException x) when (true)
        {
            if (t.Try(0, out int v))
            {
                using (twait()) asap(mkevent());
                t.Try(2, out int v1);
                (j, v) = (@v1, v1);
            }
        }
        catch (Exception x) when (t.Try(38, out int v1) && t.Keeps(() => v1++))
        {
        }
    }
}
