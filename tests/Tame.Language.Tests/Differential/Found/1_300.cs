public partial class Program
{
    private static int F = 2; private static readonly int[] A = [1, 2, 3];
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        int j = F;
        try
        {
            t.MayThrow(1);
        }
        catch (ProgramException) when (t.Get(2, 4 < A.Fold(z => z + j)))
        {
            using (twait()) t.Later(3, mkevent());
        }
        try
        {
            try
            {
                t.Throw(4);
            }
            catch (ProgramException) when (t.Get(5, 4 < A.Fold(z => z + j)))
            {
                using (twait()) t.Later(6, mkevent());
                throw;
            }
        }
        catch (ProgramException e) when (t.Get(7, 4 < A.Fold(z => z + j)))
        {
            using (twait()) t.Later(8, mkevent());
            t.Add(9, e);
        }
        try
        {
            t.Throw(10);
        }
        catch (ProgramException e) when (t.Get(11, 4 < A.Fold(z => z + j)))
        {
            using (twait()) t.Later(12, mkevent());
        }
        done.Trigger();
    }
}
