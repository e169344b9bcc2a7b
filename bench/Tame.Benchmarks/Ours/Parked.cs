using System.Net.Sockets;
using Tame.Benchmarks.Peers;

namespace Tame.Benchmarks.Ours;

/// <summary>What a blocked call keeps: the managed heap after a full collection, before and after so many of them.</summary>
internal static partial class Parked
{
    private static double s_bytes;

    /// <summary>Bytes of one tamed call that waits for one event, its caller's event included.</summary>
    public static double Calls(int count)
    {
        Loops.Run(() => Block(new Event[count]));
        return s_bytes;
    }

    [Tamed]
    private static partial void Block(Event[] events);

    private static void BlockBody(Event[] events)
    {
        using (twait())
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            for (var i = 0; i < events.Length; i++) One(events, i, mkevent());
            s_bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / events.Length;
            foreach (var e in events) e.Trigger();
        }

        Loops.Stop();
    }

    [Tamed]
    private static partial void One(Event[] events, int i, Event done);

    private static void OneBody(Event[] events, int i, Event done)
    {
        using (twait()) events[i] = mkevent();
        done.Trigger();
    }

    /// <summary>Bytes of one idle connection, its Socket included, that waits until there is something to read.</summary>
    public static double Connections(int[] near, int[] far)
    {
        Loops.Run(() => Serve(near, far));
        return s_bytes;
    }

    [Tamed]
    private static partial void Serve(int[] near, int[] far);

    private static void ServeBody(int[] near, int[] far)
    {
        using (twait())
        {
            // The poller is there before the count.
            var (first, other) = SocketPair.OpenSockets(blocking: false);
            Read(first, mkevent());
            var before = GC.GetTotalMemory(forceFullCollection: true);
            foreach (var descriptor in near) Read(SocketPair.Own(descriptor, blocking: false), mkevent());
            s_bytes = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / near.Length;
            foreach (var descriptor in far) SocketPair.Close(descriptor);
            other.Dispose();
        }

        Loops.Stop();
    }

    [Tamed]
    private static partial void Read(Socket socket, Event done);

    private static void ReadBody(Socket socket, Event done)
    {
        using (socket)
        using (twait())
            wait_on_fd(socket, FdEvents.Read, mkevent());
        done.Trigger();
    }
}
