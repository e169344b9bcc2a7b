namespace Demo;

public static partial class Overloaded
{
    [Tamed] public static partial void Send(int value, Event done);
    private static void SendBody(int value, Event done)
    {
        using (twait()) asap(mkevent());
        done.Trigger();
    }

    [Tamed] public static partial void Send(string value, Event done);
    private static void SendBody(string value, Event done)
    {
        using (twait()) Send(value.Length, mkevent());
        done.Trigger();
    }

    [Tamed(nameof(Everything))] public static partial void Send(Event done, params string[] values);
    private static void Everything(Event done, string[] values)
    {
        using (twait())
            foreach (var value in values) Send(value, mkevent());
        done.Trigger();
    }
}
