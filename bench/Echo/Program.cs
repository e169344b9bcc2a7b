using System.Globalization;
using System.Net;
using Echo;

// Servers that send back what they receive, each in a process of its own on one core, and one load for all of them on another core, in turns.
const string Usage = """
    usage: dotnet run -c Release --project bench/Echo [-- OPTION]...
      -n TURNS        per server (5)
      -s SECONDS      of load in each turn (2)
      -c CONNECTIONS  (64)
      -b BYTES        of a message (1024)
      -t FILE         where the numbers go, as bench/Report reads them
      -i CONNECTIONS  instead of load: memory for so many idle connections, each of which has had a message back
      -p PINGS        instead of load: how long so many pings take beside 1, 8 and 64 connections that flood the server
      SERVER...       of tame tame-limits tame-portable saea stream stream-inline, all of these unless named; and tame-empty saea-empty,
                      which hold no buffer while a connection waits, and stages
    """;
if (args is ["serve", var kind])
    return Servers.Serve(kind);
if (args is ["load", var port, var connections, var bytes, var seconds])
    return Load.Run(new IPEndPoint(IPAddress.Loopback, Number(port)), Number(connections), Number(bytes), Number(seconds));
if (args is ["idle", var at, var count])
    return Load.Hold(new IPEndPoint(IPAddress.Loopback, Number(at)), Number(count));
if (args is ["flood", var flooded, var floods])
    return Pings.RunFlood(new IPEndPoint(IPAddress.Loopback, Number(flooded)), Number(floods));
if (args is ["ping", var pinged, var pings])
    return Pings.Run(new IPEndPoint(IPAddress.Loopback, Number(pinged)), Number(pings));
var comparison = Comparison.Parse(args);
if (comparison is null)
{
    Console.Error.WriteLine(Usage);
    return 1;
}
return comparison.Run();

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
