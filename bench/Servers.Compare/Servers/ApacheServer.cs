using System.Globalization;

namespace Tame.Comparison.Servers;

/// <summary>Debian's Apache. With the event MPM it has Debian's own numbers; with the worker MPM a thread for each client.</summary>
internal sealed class ApacheServer(bool isEvent) : ServerKind
{
    private const string Modules = "/usr/lib/apache2/modules";
    private const string DebianEvent = "/etc/apache2/mods-available/mpm_event.conf";
    private const int MostThreadsOfAProcess = 100;

    public override string Name => isEvent ? "apache-event" : "apache-worker";

    public override string Setup => isEvent
        ? "Debian's apache2 with the event MPM and Debian's default limits (150 workers at most)"
        : $"Debian's apache2 with the worker MPM and as many threads as there are clients, in processes of up to {MostThreadsOfAProcess} threads, all started in advance";

    public override bool DependsOnClients => !isEvent;

    public override string? Missing() =>
        Find("apache2") is null ? "apache2 is not installed: apt-get install apache2" : File.Exists($"{Modules}/mod_mpm_{Mpm}.so") ? null : $"this apache2 has no {Mpm} MPM";

    public override string[] Prepare(ServerPlace place)
    {
        string file = Path.Join(place.Work, "apache.conf");
        File.WriteAllText(file, Configuration(place, File.Exists(DebianEvent), Environment.IsPrivilegedProcess));
        return [Find("apache2")!, "-D", "FOREGROUND", "-f", file];
    }

    /// <param name="place">Where it serves what.</param>
    /// <param name="hasDebian">Debian's file of the event MPM is there.</param>
    /// <param name="asRoot">It starts as root, and its children must be another user.</param>
    internal string Configuration(ServerPlace place, bool hasDebian, bool asRoot) => string.Create(CultureInfo.InvariantCulture, $"""
        ServerRoot "{place.Work}"
        ServerName 127.0.0.1
        DefaultRuntimeDir "{place.Work}"
        PidFile "{place.Work}/apache.pid"
        ErrorLog "{place.Work}/apache.log"
        Listen 127.0.0.1:{place.Port}
        ListenBacklog 4096
        LoadModule mpm_{Mpm}_module {Modules}/mod_mpm_{Mpm}.so
        LoadModule authz_core_module {Modules}/mod_authz_core.so
        {(asRoot ? "User www-data\nGroup www-data" : "")}
        DocumentRoot "{place.Root}"
        KeepAlive On
        KeepAliveTimeout 5
        <Directory "{place.Root}">
          Require all granted
          AllowOverride None
        </Directory>
        {(isEvent ? (hasDebian ? $"Include {DebianEvent}" : "") : Threads(place.Clients))}

        """);

    private string Mpm => isEvent ? "event" : "worker";

    private static string Threads(int clients)
    {
        int each = Math.Min(clients, MostThreadsOfAProcess), processes = (clients + each - 1) / each, all = each * processes;
        return string.Create(CultureInfo.InvariantCulture, $"""
            ServerLimit {processes}
            StartServers {processes}
            ThreadLimit {each}
            ThreadsPerChild {each}
            MaxRequestWorkers {all}
            MinSpareThreads 1
            MaxSpareThreads {all + each}
            MaxConnectionsPerChild 0
            """);
    }
}
