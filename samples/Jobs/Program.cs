// A job server: a bounded channel, four workers, and a drain on Ctrl-C. It shows backpressure from a channel to the clients, and a shutdown that loses no job.
//
// dotnet run --project samples/Jobs -- 5000      then send it numbers by `nc 127.0.0.1 5000`: it answers with their prime factors
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using JobsProgram;

if (args is not [var port])
{
    Console.Error.WriteLine("usage: jobs PORT");
    return 1;
}
EventLoop.Run(done => Jobs.Run(int.Parse(port, CultureInfo.InvariantCulture), done));
return 0;

internal static partial class Jobs
{
    [Tamed] public static partial void Run(int port, Event done);

    private static void RunBody(int port, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, port));
        Console.WriteLine($"port {((IPEndPoint)listener.LocalEndPoint).Port}; Ctrl-C stops");
        var server = new JobServer(listener, Factors, Console.Out);
        using var happenings = new Rendezvous<string>();
        signal(PosixSignal.SIGINT, mkevent(happenings, "stop"));
        server.Run(mkevent(happenings, "over"));
        twait(happenings, out string what);
        if (what == "stop")
        {
            server.Stop();
            twait(happenings, out what);
        }
        done.Trigger();
    }

    /// <summary>Computes on the thread pool, so the loop continues meanwhile.</summary>
    private static void Factors(string text, Event<string> factors)
    {
        long number = long.Parse(text, CultureInfo.InvariantCulture);
        factors.Start(_ => Task.Run(() => string.Join(' ', Of(number))));
    }

    private static IEnumerable<long> Of(long number)
    {
        for (long factor = 2; factor * factor <= number; factor++)
        {
            for (; number % factor == 0; number /= factor)
                yield return factor;
        }
        if (number > 1)
            yield return number;
    }
}
