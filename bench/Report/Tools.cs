namespace Tame.Benchmarks;

/// <summary>What the machine must have for the rows of the servers.</summary>
internal static class Tools
{
    private static readonly (string Tool, string Package)[] s_packages =
        [("wrk", "wrk"), ("ab", "apache2-utils"), ("nginx", "nginx-light"), ("curl", "curl"), ("perl", "perl"), ("taskset", "util-linux"), ("bash", "bash")];

    public static bool Has(string tool) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin".Split(':').Any(folder => File.Exists(Path.Join(folder, tool)));

    /// <summary>Says what to install, where something is missing; null where nothing is.</summary>
    public static string? Missing()
    {
        var missing = s_packages.Where(tool => !Has(tool.Tool)).ToList();
        return missing.Count == 0
            ? null
            : $"{string.Join(", ", missing.Select(tool => tool.Tool))} missing: apt-get install {string.Join(' ', missing.Select(tool => tool.Package))}. The rows that need it are left out.";
    }
}
