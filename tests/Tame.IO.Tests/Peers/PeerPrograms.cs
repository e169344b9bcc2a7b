using System.Globalization;
using System.Net;
using Tame.IO.Tests.Connections;
using Tame.IO.Tests.Impairing;

namespace Tame.IO.Tests.Peers;

/// <summary>What the other process of a test does. It reads words from its standard input, and answers each by a line.</summary>
internal static class PeerPrograms
{
    public static int Run(string[] args)
    {
        switch (args)
        {
            case ["hold", var port, var count]:
                var clients = new HeldClients(new IPEndPoint(IPAddress.Loopback, Number(port)), Number(count));
                EventLoop.Run(clients.Run);
                return 0;
            case ["serve", var network, var room]:
                var server = new LimitedServer(Number(room));
                EventLoop.Run(server.Run, new EventLoopOptions { Network = Networks.Options(network).Network, LostEvents = LostEventDetection.Off });
                return Books.AreBalanced(server.Loop, out string? books) ? 0 : throw new InvalidOperationException(books);
            case ["flood", var port, var count]:
                EventLoop.Run(done => Flood.Run(new IPEndPoint(IPAddress.Loopback, Number(port)), Number(count), done));
                return 0;
            case ["leave"]:
                EventLoop.Run(LeavingParent.Run);
                return 0;
            case ["talk", var count]:
                for (int seed = 1; seed <= Number(count); seed++)
                    Talk(seed);
                Console.WriteLine($"{count} schedules and dialogs are right");
                return 0;
            default:
                Console.Error.WriteLine($"There is no such peer: {string.Join(' ', args)}");
                return 1;
        }
    }

    private static void Talk(int seed)
    {
        var schedule = new Schedule(seed);
        Networks.Run(Networks.System, schedule.Run);
        schedule.Check();
        var dialogs = new Dialogs(seed, null);
        Networks.Run(Networks.System, dialogs.Run);
        DialogChecks.Check(seed, new Impairments(), dialogs);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
