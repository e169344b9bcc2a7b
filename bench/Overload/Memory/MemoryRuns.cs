using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Tame.Overload.Memory;

/// <summary>Runs each server in a process of its own, whose heap has a limit.</summary>
internal static class MemoryRuns
{
    /// <summary>The word with which a process is told to be a server.</summary>
    public const string Word = "memory-server";

    /// <summary>Enough for about a hundred requests.</summary>
    private const int HeapLimit = 160 << 20;

    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(60);

    /// <summary>The server's side: runs it, and prints what it shows.</summary>
    /// <param name="arguments">The number of the variant, the load, and the seconds.</param>
    public static int Serve(ReadOnlySpan<string> arguments)
    {
        var variant = Variant.All[int.Parse(arguments[0], CultureInfo.InvariantCulture)];
        double load = double.Parse(arguments[1], CultureInfo.InvariantCulture), seconds = double.Parse(arguments[2], CultureInfo.InvariantCulture);
        Console.WriteLine(JsonSerializer.Serialize(new MemoryServer(load, variant, TimeSpan.FromSeconds(seconds)).Run()));
        return 0;
    }

    public static Dictionary<Variant, List<MemoryOutcome>> All(double[] loads, TimeSpan length) =>
        Variant.All.ToDictionary(variant => variant, variant => loads.Select(load => One(variant, load, length)).ToList());

    private static MemoryOutcome One(Variant variant, double load, TimeSpan length)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        int number = Array.IndexOf(Variant.All, variant);
        foreach (string argument in (string[])[Word, $"{number}", load.ToString(CultureInfo.InvariantCulture), length.TotalSeconds.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit.ToString("x", CultureInfo.InvariantCulture);
        using var server = Process.Start(start)!;
        var output = server.StandardOutput.ReadToEndAsync();
        var error = server.StandardError.ReadToEndAsync();
        if (!server.WaitForExit(length + s_most))
            server.Kill();
        server.WaitForExit();
        if (server.ExitCode != 0 || output.Result.Length == 0)
        {
            Console.Error.WriteLine($"  {variant.Name} at {load.ToString(CultureInfo.InvariantCulture)}: the server ended before its time: {error.Result.Split('\n')[0]}");
            return MemoryOutcome.Ended(load, length);
        }
        return JsonSerializer.Deserialize<MemoryOutcome>(output.Result)!;
    }
}
