using System.Globalization;

namespace Tame.Http.Tests;

/// <summary>Handlers for tests.</summary>
internal static partial class Handlers
{
    /// <summary>Says what the request was, with its body.</summary>
    [Tamed] public static partial void Echo(HttpExchange exchange, Event done);

    private static void EchoBody(HttpExchange exchange, Event done)
    {
        twait(e => exchange.Request.ReadAll(1 << 20, e), out ReadOnlyMemory<byte> body);
        exchange.Response.AddField("Content-Type", "text/plain");
        exchange.Response.Write($"{exchange.Request.Method} {exchange.Request.Path}?{exchange.Request.Query} {exchange.Request.Host} {exchange.Request.Version} [");
        exchange.Response.Write(body.Span);
        exchange.Response.Write("]"u8);
        done.Trigger();
    }

    /// <summary>Answers at once, and reads nothing.</summary>
    public static void Ignore(HttpExchange exchange, Event done)
    {
        exchange.Response.Write("ignored"u8);
        done.Trigger();
    }

    /// <summary>Sends a body in three parts, each flushed; the size is the query.</summary>
    [Tamed] public static partial void Parts(HttpExchange exchange, Event done);

    private static void PartsBody(HttpExchange exchange, Event done)
    {
        int size = int.Parse(exchange.Request.Query, CultureInfo.InvariantCulture);
        for (int i = 0; i < 3; i++)
        {
            exchange.Response.Write(new string((char)('a' + i), size));
            twait(e => exchange.Response.Flush(e));
        }
        done.Trigger();
    }
}
