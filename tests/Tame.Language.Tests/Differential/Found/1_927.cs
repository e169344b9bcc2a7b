// Program 927 of seed 1 with CallerInfoInAttributesAnywhere: Differs.
public partial class Program
{
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        try
        {
        }
        catch (NarrowException)
        {
            using (twait()) asap(mkevent());
        }
        finally
        {
            [Named] int @goto([Named] int y) => y + 0; t.Add(65, NamedAttribute.Of((Func<int, int>)@goto) + NamedAttribute.OfParameter((Func<int, int>)@goto));
        }
    }
}
