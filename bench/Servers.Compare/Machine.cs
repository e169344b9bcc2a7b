using System.Globalization;

namespace Tame.Comparison;

/// <summary>Where and when a run takes place.</summary>
internal static class Machine
{
    public static string Describe(Cores cores) => string.Create(
        CultureInfo.InvariantCulture,
        $"Measured on {DateTime.UtcNow:yyyy-MM-dd}, .NET {Environment.Version}, {Environment.OSVersion.VersionString}, {Environment.ProcessorCount} cores ({Processor()}). {(cores.Server is null ? "Nothing was pinned: there is one core only." : "The server had one core, the load another.")} The load average was {LoadAverage():0.##} at the start; near 0, the machine has nothing else to do.");

    /// <summary>The command that a reader can repeat.</summary>
    public static string Command() => $"dotnet run -c Release --project bench/Servers.Compare {string.Join(' ', Environment.GetCommandLineArgs().Skip(1))}".Trim();

    /// <summary>How many threads of all processes want to run, on average over the last minute; 0 where the system does not tell.</summary>
    public static double LoadAverage() => File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : 0;

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1] ?? "unknown"
        : "unknown";
}
