using System.Net;
using Tame.IO;

namespace WebPrograms;

internal static partial class Upgrades
{
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using (twait())
        {
            listener.ServeHttp(Switch, null, mkevent());
            AskAndStop(listener, output, mkevent());
        }
        done.Trigger();
    }

    #region upgrade
    [Tamed] private static partial void Switch(HttpExchange exchange, Event done);

    private static void SwitchBody(HttpExchange exchange, Event done)
    {
        if (!exchange.Request.Fields.Has("Upgrade"u8, "count"u8))
        {
            exchange.Response.Status = 426;
            exchange.Response.AddField("Upgrade", "count");
            done.Trigger();
            return;
        }
        twait(e => exchange.Upgrade("count", e), out Connection connection, out ReadOnlyMemory<byte> ahead);
        int all = ahead.Length;
        var buffer = new byte[1000];
        int count;
        do
        {
            twait(e => connection.Receive(buffer, e), out count);
            all += count;
        }
        while (count != 0);
        using var writer = new Writer(connection);
        writer.WriteLine($"{all} bytes");
        twait(e => writer.Flush(e));
        done.Trigger();
    }
    #endregion

    [Tamed] private static partial void AskAndStop(Listener listener, TextWriter output, Event done);

    private static void AskAndStopBody(Listener listener, TextWriter output, Event done)
    {
        twait(e => Programs.Ask(listener.LocalEndPoint, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: count\r\n\r\n12345", output, e));
        listener.Dispose();
        done.Trigger();
    }
}
