#region program
EventLoop.Run(Fastest);

partial class Program
{
    [Tamed] public static partial void Fastest(Event done);
    private static void FastestBody(Event done)
    {
        using var race = new Rendezvous<string>();          // leaving this method cancels the losers
        foreach (var (city, ms) in new[] { ("Oslo", 300), ("Lima", 100), ("Rome", 200) })
            Task.Delay(ms).Trigger(mkevent(race, city));    // start all three, as tasks
        twait(race, out string winner);                     // wait for whichever finishes first
        Console.WriteLine($"{winner} answered first");
        done.Trigger();                                     // return through the event
    }
}
#endregion
