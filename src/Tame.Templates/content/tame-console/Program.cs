namespace HelloNamespace;

public static partial class Program
{
    // An event loop on this thread, which runs until Hello triggers its event.
    private static void Main() => EventLoop.Run(Hello);

    // A tamed method is a pair. This is the declaration; the generator writes its implementation.
    [Tamed]
    private static partial void Hello(Event done);

    // This is the body, found by its name. It may wait, and while it waits the thread runs other calls.
    private static void HelloBody(Event done)
    {
        string ada, grace;

        // `using (twait())` runs its block, then waits until every event made in it has triggered. So both calls wait at the same time.
        // With two blocks, the second call would start when the first is done.
        using (twait())
        {
            // `mkevent(out ada)` makes an event of this block. The call triggers it with a value, which goes to its slot: the variable ada.
            Greet("Ada", TimeSpan.FromSeconds(1), mkevent(out ada));
            Greet("Grace", TimeSpan.FromSeconds(0.5), mkevent(out grace));
        }

        Console.WriteLine(ada);
        Console.WriteLine(grace);

        // A tamed method returns by triggering the caller's event.
        done.Trigger();
    }

    [Tamed]
    public static partial void Greet(string name, TimeSpan delay, Event<string> greeting);

    private static void GreetBody(string name, TimeSpan delay, Event<string> greeting)
    {
        // One operation needs no block: this starts the timer with an event, and waits for it.
        twait(e => timer(delay, e));
        greeting.Trigger($"Hello, {name}.");
    }
}
