namespace Demo;

public static partial class Reassigned
{
    [Tamed] public static partial void Run(Event first, Event<int> second, Event done);

    private static void RunBody(Event first, Event<int> second, Event done)
    {
        using (twait()) asap(mkevent());
        done = first;
        using (twait()) asap(mkevent());
        done.Trigger();
        second.Trigger(1);
    }
}
