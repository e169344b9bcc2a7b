public partial class Program
{
    [Tamed] public static partial void Main(World t, Event done);
    private static void MainBody(World t, Event done)
    {
        do
        {
            switch (t.Any())
            {
                case int: case null:
                    using (twait()) t.Later(3, mkevent());
                break;
                default:
                {
                    if (t.Some()) { continue; }
                    using Resource h2 = new Resource(t, 11), h4 = new Resource(t, 12);
                    if (t.Some()) { continue; }
                    using var h5 = new Resource(t, 13);
                    t.Add(14);
                }
                break;
            }
        }
        while (t.Go() && true);
        done.Trigger();
    }
}
