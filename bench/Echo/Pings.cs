using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Echo;

/// <summary>How long a ping takes beside connections that flood the server.</summary>
internal static partial class Pings
{
    private const int Chunk = 65536;

    /// <summary>Prints the median, the 99th percentile and the longest time of so many pings, in microseconds.</summary>
    public static int Run(EndPoint server, int count)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(server);
        var times = new List<double>();
        var message = new byte[1];
        for (int i = 0; i < count; i++)
        {
            Thread.Sleep(1);
            long start = Stopwatch.GetTimestamp();
            socket.Send(message);
            socket.Receive(message);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times[count / 2]} {times[count * 99 / 100]} {times[^1]}"));
        return 0;
    }

    /// <summary>Floods the server by so many connections, says so, and ends when its input does.</summary>
    public static int RunFlood(EndPoint server, int connections)
    {
        EventLoop.Run(done => Flood(server, connections, done));
        return 0;
    }

    [Tamed]
    private static partial void Flood(EndPoint server, int connections, Event done);

    private static void FloodBody(EndPoint server, int connections, Event done)
    {
        for (int i = 0; i < connections; i++)
        {
            twait(e => Network.Current.Connect(server, e), out Connection connection);
            Send(connection, Event.Ignored);
            Drop(connection, Event.Ignored);
        }
        Console.WriteLine("open");
        twait(Task.Run(Console.ReadLine));
        Environment.Exit(0);
        done.Trigger();
    }

    [Tamed]
    private static partial void Send(Connection connection, Event done);

    private static void SendBody(Connection connection, Event done)
    {
        var bytes = new byte[Chunk];
        while (done.IsPending)
            twait(e => connection.Send(bytes, e));
    }

    [Tamed]
    private static partial void Drop(Connection connection, Event done);

    private static void DropBody(Connection connection, Event done)
    {
        var bytes = new byte[Chunk];
        while (done.IsPending)
            twait(e => connection.Receive(bytes, e), out int _);
    }
}
