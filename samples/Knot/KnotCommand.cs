using System.CommandLine;
using System.Net;

namespace Knot;

/// <summary>The command line.</summary>
internal static class KnotCommand
{
    private const int DefaultDashboardPort = 5001;
    private static readonly KnotOptions s_defaults = new();

    private static readonly Option<string> s_host = new("--host")
    {
        Description = "The address to listen on; * means all addresses.",
        DefaultValueFactory = _ => s_defaults.Host.ToString(),
    };

    private static readonly Option<int> s_port = Number("--port", "The port to listen on; 0 picks a free one.", "PORT", s_defaults.Port, 0, 65535);
    private static readonly Option<string> s_root = Text("--root", "The directory to serve; without it, Knot serves its own page.", "DIR");
    private static readonly Option<int> s_cache = Number("--cache", "How much memory cached responses may take, in MB; 0 caches nothing.", "MB", (int)(s_defaults.CacheBytes >> 20), 0, int.MaxValue);
    private static readonly Option<int> s_loops = Number("--loops", "The number of event loops that serve, each on its own thread; more than one only on Linux.", "N", s_defaults.Loops, 1, 256);
    private static readonly Option<string> s_certificate = Text("--cert", "Serves HTTPS with a certificate: a PEM file, or a .pfx or .p12 file with its key.", "FILE");
    private static readonly Option<string> s_key = Text("--key", "The PEM file with the key of the certificate, if the key is in a separate file.", "FILE");
    private static readonly Option<bool> s_live = new("--live") { Description = "Gives the numbers of the server to every client at /.live, as for its own page; for use with --root." };
    private static readonly Option<bool> s_list = new("--list") { Description = "Lists directories that have no index.html." };
    private static readonly Option<LogFormat> s_log = new("--log") { Description = "Prints a line for each request instead of one about the traffic.", HelpName = "common|json" };
    private static readonly Option<int> s_connections = Number("--max-connections", "How many clients are served at a time, for each loop; further ones wait.", "N", s_defaults.MaxConnections, 1, int.MaxValue);
    private static readonly Option<int> s_head = Number("--max-head", "The largest head of a request, in bytes.", "BYTES", s_defaults.MaxHeadBytes, 256, 1 << 20);
    private static readonly Option<int> s_target = Number("--max-target", "The longest target of a request, in bytes.", "BYTES", s_defaults.MaxTargetBytes, 64, 1 << 20);
    private static readonly Option<int> s_idle = Number("--idle", "How long a connection may wait for its next request, in seconds.", "SECONDS", (int)s_defaults.IdleLimit.TotalSeconds, 1, 86400);
    private static readonly Option<int> s_stall = Number("--stall", "How long a client may take for 64 KB of an answer, in seconds.", "SECONDS", (int)s_defaults.StallLimit.TotalSeconds, 1, 86400);

    private static readonly Option<int?> s_dashboard = new("--dashboard")
    {
        Description = "Serves a page that shows the first event loop at work, on a separate port; 5001 without a number, 0 picks a free one.",
        HelpName = "PORT",
        Arity = ArgumentArity.ZeroOrOne,
    };

    static KnotCommand()
    {
        s_host.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && ToAddress(token.Value) is null)
                result.AddError($"--host must be an address, such as 127.0.0.1, ::1 or *, not {token.Value}.");
        });
        s_loops.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out int value) && value > 1 && !OperatingSystem.IsLinux())
                result.AddError("--loops must be 1 here: only Linux spreads the clients of one port.");
        });
        s_dashboard.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out int port) && port is < 0 or > 65535)
                result.AddError($"--dashboard must be between 0 and 65535, not {port}.");
        });
    }

    /// <summary>The command <c>knot</c>, which passes its options to <paramref name="run"/>.</summary>
    public static RootCommand Make(Func<KnotOptions, int> run, string description = "Knot, a static web server written with Tame.")
    {
        var command = new RootCommand(description)
        {
            s_host, s_port, s_root, s_cache, s_loops, s_certificate, s_key, s_list, s_log, s_connections, s_head, s_target, s_idle, s_stall, s_dashboard, s_live,
        };
        command.SetAction(result => run(Read(result)));
        return command;
    }

    /// <summary>The options from the command line.</summary>
    public static KnotOptions Read(ParseResult result) => new()
    {
        Host = ToAddress(result.GetValue(s_host)!)!,
        Port = result.GetValue(s_port),
        Root = result.GetValue(s_root) ?? s_defaults.Root,
        CacheBytes = (long)result.GetValue(s_cache) << 20,
        Loops = result.GetValue(s_loops),
        Certificate = result.GetValue(s_certificate),
        Key = result.GetValue(s_key),
        Live = result.GetValue(s_live) || result.GetValue(s_root) is null,
        ListDirectories = result.GetValue(s_list),
        Log = result.GetValue(s_log),
        MaxConnections = result.GetValue(s_connections),
        MaxHeadBytes = result.GetValue(s_head),
        MaxTargetBytes = result.GetValue(s_target),
        IdleLimit = TimeSpan.FromSeconds(result.GetValue(s_idle)),
        DashboardPort = result.GetResult(s_dashboard) is null ? null : result.GetValue(s_dashboard) ?? DefaultDashboardPort,
        StallLimit = TimeSpan.FromSeconds(result.GetValue(s_stall)),
    };

    private static IPAddress? ToAddress(string host) => host switch
    {
        "*" => IPAddress.IPv6Any,
        "localhost" => IPAddress.Loopback,
        _ => IPAddress.TryParse(host, out var address) ? address : null,
    };

    private static Option<string> Text(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    /// <summary>An option with a number.</summary>
    public static Option<int> Number(string name, string description, string help, int value, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, HelpName = help, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out int given) && (given < least || given > most))
                result.AddError($"{name} must be {(most == int.MaxValue ? $"at least {least}" : $"between {least} and {most}")}, not {given}.");
        });
        return option;
    }
}
