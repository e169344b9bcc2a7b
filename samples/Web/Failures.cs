using System.Globalization;
using System.Net;

namespace WebPrograms;

internal static partial class Failures
{
    #region failures
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        var options = new HttpServerOptions
        {
            ServerName = "example",
            OnFailure = (exchange, error) => output.WriteLine($"! {exchange.Request.Target} failed: {error.Message}"),
            OnAnswered = exchange => output.WriteLine($"! {exchange.Request.Target} {exchange.Response.Status}"),
        };
        using (twait())
        {
            listener.ServeHttp(Divide, options, mkevent());
            AskAndStop(listener, output, mkevent());
        }
        done.Trigger();
    }

    private static void Divide(HttpExchange exchange, Event done)
    {
        if (!int.TryParse(exchange.Request.Query, CultureInfo.InvariantCulture, out int number))
            throw new BadRequestException(400, "The query is not a number.");
        exchange.Response.Write($"{100 / number}\n");
        done.Trigger();
    }
    #endregion

    [Tamed] private static partial void AskAndStop(Listener listener, TextWriter output, Event done);

    private static void AskAndStopBody(Listener listener, TextWriter output, Event done)
    {
        foreach (string query in new[] { "x", "0" })
            twait(e => Programs.Ask(listener.LocalEndPoint, $"GET /?{query} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", output, e));
        listener.Dispose();
        done.Trigger();
    }
}
