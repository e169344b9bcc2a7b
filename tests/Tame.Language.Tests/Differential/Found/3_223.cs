// Program 223 of seed 3: Invalid: CS8648: A goto cannot jump to a location after a using declaration..
public partial class Program
{
    private void StartBody(World t, Event done)
    {
        if (true) goto at4;
        using Resource h1 = new Resource(t, 12), h = new Resource(t, 13);
        at4: t.Add(21);
    }
}
