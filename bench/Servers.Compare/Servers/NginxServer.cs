using System.Globalization;

namespace Tame.Comparison.Servers;

/// <summary>nginx as <c>bench/Servers</c> sets it up.</summary>
internal sealed class NginxServer(string repository, int files) : ServerKind
{
    public override string Name => "nginx";

    public override string Setup => "Debian's nginx with one worker, open files cached, sendfile, and no log (bench/Servers/nginx.conf)";

    public override string? Missing() => Find("nginx") is null ? "nginx is not installed: apt-get install nginx-light" : null;

    public override string[] Prepare(ServerPlace place)
    {
        string file = Path.Join(place.Work, "nginx.conf");
        File.WriteAllText(file, Configuration(File.ReadAllText(Path.Join(repository, "bench/Servers/nginx.conf")), place));
        return [Find("nginx")!, "-p", place.Work, "-c", file];
    }

    internal string Configuration(string template, ServerPlace place) => template
        .Replace("@PORT@", string.Create(CultureInfo.InvariantCulture, $"{place.Port} backlog=4096"), StringComparison.Ordinal)
        .Replace("@ROOT@", place.Root, StringComparison.Ordinal)
        .Replace("@WORK@", place.Work, StringComparison.Ordinal)
        .Replace("open_file_cache max=1000", string.Create(CultureInfo.InvariantCulture, $"open_file_cache max={Math.Max(1000, files)}"), StringComparison.Ordinal);
}
