using System.Net.Sockets;

namespace Tame.Benchmarks.Peers;

/// <summary>What a blocked call keeps: the managed heap after a full collection, before and after so many of them.</summary>
internal static class Parked
{
    /// <summary>Bytes of one async method that waits for its own TaskCompletionSource. No code holds the method's task.</summary>
    public static double Calls(int count)
    {
        var sources = new TaskCompletionSource[count];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < count; i++) _ = One(sources, i);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        foreach (var source in sources) source.SetResult();
        return (double)bytes / count;
    }

    private static async Task One(TaskCompletionSource[] sources, int i)
    {
        var source = new TaskCompletionSource();
        sources[i] = source;
        await source.Task;
    }

    /// <summary>Bytes of one idle connection, its Socket included, that waits in a read of no bytes: no buffer while nothing comes.</summary>
    public static double Streams(int[] near, int[] far) => Connections(near, far, socket => Read(new NetworkStream(socket, ownsSocket: true)));

    /// <summary>The same with a SocketAsyncEventArgs of its own.</summary>
    public static double EventArgs(int[] near, int[] far) => Connections(near, far, socket =>
    {
        var done = new TaskCompletionSource();
        var args = new SocketAsyncEventArgs { UserToken = (socket, done) };
        args.SetBuffer(Memory<byte>.Empty);
        args.Completed += static (_, e) => (((Socket, TaskCompletionSource Done))e.UserToken!).Done.SetResult();
        if (!socket.ReceiveAsync(args)) done.SetResult();
        return done.Task;
    });

    private static async Task Read(NetworkStream stream)
    {
        await using (stream)
        {
            _ = await stream.ReadAsync(Memory<byte>.Empty);
        }
    }

    private static double Connections(int[] near, int[] far, Func<Socket, Task> serve)
    {
        var tasks = new Task[near.Length];
        serve(SocketPair.OpenSockets(blocking: true).Near); // The engine of the sockets is there before the count.
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < near.Length; i++) tasks[i] = serve(SocketPair.Own(near[i], blocking: true));
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        foreach (var descriptor in far) SocketPair.Close(descriptor);
        Task.WaitAll(tasks);
        return (double)bytes / near.Length;
    }
}
