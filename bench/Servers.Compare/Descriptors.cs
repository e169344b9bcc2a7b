using System.Globalization;

namespace Tame.Comparison;

/// <summary>How many descriptors a process may have, which bounds how many clients there can be.</summary>
internal static class Descriptors
{
    private const int OfTheProcessItself = 200;

    /// <summary>Whether so many clients, and a server with two descriptors for each of them, fit. .NET raises the limit of a process to the hard one.</summary>
    public static bool Allow(int clients) => !File.Exists("/proc/self/limits") || (2 * clients) + OfTheProcessItself <= Limit(File.ReadAllText("/proc/self/limits"));

    /// <summary>Reads the hard limit out of <c>/proc/self/limits</c>.</summary>
    internal static long Limit(string limits)
    {
        string[] fields = limits.Split('\n').First(line => line.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields[4] == "unlimited" ? long.MaxValue : long.Parse(fields[4], CultureInfo.InvariantCulture);
    }
}
