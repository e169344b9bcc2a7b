using System.Net;
using System.Text;
using Tame.IO;

namespace Tame.Dashboards.Tests.Serving;

/// <summary>Dashboards over the network in memory, in virtual time, and what a client gets from them.</summary>
internal static partial class Pages
{
    /// <summary>Runs a program with a dashboard of made-up figures.</summary>
    public static void Run(MadeUpFigures figures, Action<DashboardServer, Event> program, DashboardOptions? options = null) => EventLoop.Run(
        done =>
        {
            var server = Dashboard.Start(EventLoop.Current!, figures, 0, options ?? new DashboardOptions { Output = null });
            program(server, done);
        },
        new EventLoopOptions { VirtualTime = true, Network = new MemoryNetwork() });

    /// <summary>Asks once, and returns the answer as text.</summary>
    public static string Ask(MadeUpFigures figures, string request, DashboardOptions? options = null) => Ask(figures, _ => request, options);

    public static string Ask(MadeUpFigures figures, Func<DashboardServer, string> request, DashboardOptions? options = null)
    {
        string answer = "";
        Run(figures, (server, done) => AskInto(server, request(server), text => answer = text, done), options);
        return answer;
    }

    public static string Get(string target, string fields = "") => $"GET {target} HTTP/1.0\r\nHost: localhost\r\n{fields}\r\n";

    [Tamed] private static partial void AskInto(DashboardServer server, string request, Action<string> take, Event done);

    private static void AskIntoBody(DashboardServer server, string request, Action<string> take, Event done)
    {
        twait(e => Send(server, request, e), out Connection connection);
        using var closing = connection;
        twait(e => Receive(connection, "\0", e), out string text);
        take(text);
        done.Trigger();
    }

    [Tamed] public static partial void Send(DashboardServer server, string request, Event<Connection> sent);

    private static void SendBody(DashboardServer server, string request, Event<Connection> sent)
    {
        twait(e => Network.Current.Connect(new IPEndPoint(IPAddress.Loopback, server.Address.Port), e), out Connection connection);
        twait(e => connection.Send(Encoding.UTF8.GetBytes(request), e));
        sent.Trigger(connection);
    }

    /// <summary>Receives until a text has come, or to the end.</summary>
    [Tamed] public static partial void Receive(Connection connection, string until, Event<string> received);

    private static void ReceiveBody(Connection connection, string until, Event<string> received)
    {
        var all = new StringBuilder();
        var buffer = new byte[65536];
        int count;
        do
        {
            twait(e => connection.Receive(buffer, e), out count);
            all.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
        while (count != 0 && !all.ToString().Contains(until, StringComparison.Ordinal));
        received.Trigger(all.ToString());
    }
}
