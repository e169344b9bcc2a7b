namespace Demo;

public sealed class Node
{
    public Exception? Error;
    public int[] Ids = new int[4];
    public static int Last;
}

public static partial class Explicit
{
    [Tamed] public static partial void Window(string[] names, int[] sizes, int window, Event done);

    private static void WindowBody(string[] names, int[] sizes, int window, Event done)
    {
        int sent = 0, recv = 0;
        var r = new Rendezvous();
        while (recv < names.Length)
        {
            if (sent < names.Length && sent - recv < window)
            {
                Measure(names[sent], mkevent(r, out sizes[sent]));
                sent++;
            }
            else
            {
                twait(r);
                recv++;
            }
        }

        done.Trigger();
    }

    [Tamed] public static partial void Forms(Rendezvous<int> r, Rendezvous plain, Node node, Event<int> done);

    private static void FormsBody(Rendezvous<int> r, Rendezvous plain, Node node, Event<int> done)
    {
        var i = 0;
        asap(mkevent(r, 1));
        Measure("x", mkevent(r, 2, out node.Ids[i++]));
        Measure("y", mkevent(id: 3, rendezvous: r, slot: out int size));
        asap(mkevent(plain));
        twait(r, out int id);
        twait(r, out node.Ids[i++], out node.Error);
        twait(r, out _, out var error);
        twait(r);
        twait(plain, out error);
        try
        {
            twait(r, out Node.Last);
            twait(plain);
        }
        catch (InvalidOperationException e) when (e.Message.Length > id)
        {
            done.Fail(e);
        }

        done.Trigger(id + size + (error is null ? 0 : 1));
    }

    [Tamed] public static partial void Arrow(Rendezvous r);
    private static void ArrowBody(Rendezvous r) => twait(r);

    private static void Measure(string name, Event<int> e) => e.Trigger(name.Length);
}
