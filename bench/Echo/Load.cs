using System.Net;

namespace Echo;

/// <summary>The other side: a message on each connection, and the next one when it is back.</summary>
internal static partial class Load
{
    /// <summary>What the other side says when its connections are open.</summary>
    private const string Opened = "open";

    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(100);
    private static long s_messages;

    /// <summary>Says when the connections are open, and later how many messages came back since then. Closes them when its input ends.</summary>
    public static int Run(EndPoint server, int connections, int bytes, int seconds)
    {
        EventLoop.Run(done => Drive(server, connections, bytes, TimeSpan.FromSeconds(seconds), done));
        return 0;
    }

    /// <summary>Opens connections, sends a message on each and gets it back, says so, and holds them until its input ends.</summary>
    public static int Hold(EndPoint server, int connections)
    {
        EventLoop.Run(done => Open(server, connections, done));
        return 0;
    }

    [Tamed]
    private static partial void Drive(EndPoint server, int connections, int bytes, TimeSpan time, Event done);

    private static void DriveBody(EndPoint server, int connections, int bytes, TimeSpan time, Event done)
    {
        var peers = new List<Connection>();
        for (int i = 0; i < connections; i++)
        {
            twait(e => Network.Current.Connect(server, e), out Connection peer);
            peers.Add(peer);
            Bounce(peer, bytes, Event.Ignored);
        }
        twait(e => timer(s_settling, e));
        s_messages = 0;
        Console.WriteLine(Opened);
        twait(e => timer(time, e));
        Console.WriteLine(s_messages);
        twait(Task.Run(Console.ReadLine));
        foreach (var peer in peers)
            peer.Dispose();
        done.Trigger();
    }

    [Tamed]
    private static partial void Bounce(Connection peer, int bytes, Event done);

    private static void BounceBody(Connection peer, int bytes, Event done)
    {
        var message = new byte[bytes];
        var answer = new byte[bytes];
        while (true)
        {
            twait(e => peer.Send(message, e));
            for (int left = bytes; left != 0;)
            {
                twait(e => peer.Receive(answer.AsMemory(0, left), e), out int count);
                if (count == 0)
                {
                    done.Trigger();
                    return;
                }
                left -= count;
            }
            s_messages++;
        }
    }

    [Tamed]
    private static partial void Open(EndPoint server, int connections, Event done);

    private static void OpenBody(EndPoint server, int connections, Event done)
    {
        var peers = new List<Connection>();
        var message = new byte[1024];
        for (int i = 0; i < connections; i++)
        {
            twait(e => Network.Current.Connect(server, e), out Connection peer);
            peers.Add(peer);
            twait(e => peer.Send(message, e));
            for (int left = message.Length; left != 0;)
            {
                twait(e => peer.Receive(message.AsMemory(0, left), e), out int count);
                left -= count != 0 ? count : throw new EndOfStreamException("The server has closed a connection.");
            }
        }
        Console.WriteLine(Opened);
        twait(Task.Run(Console.ReadLine));
        foreach (var peer in peers)
            peer.Dispose();
        done.Trigger();
    }
}
