using System.CommandLine;

namespace Knot;

/// <summary>What the command line sets, and the limits that keep one client from holding up the others.</summary>
internal sealed record KnotOptions
{
    /// <summary>0 picks a free one.</summary>
    public int Port { get; init; } = 5000;

    public string Root { get; init; } = Path.Join(AppContext.BaseDirectory, "wwwroot");

    /// <summary>For each loop: none shares anything with another.</summary>
    public long CacheBytes { get; init; } = 64L << 20;

    /// <summary>Loops, each on a thread of its own, among which the system spreads the clients.</summary>
    public int Loops { get; init; } = 1;

    /// <summary>How long a connection may stay silent between two requests.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the head of a request may take, from its first byte to its last.</summary>
    public TimeSpan HeadLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may take no byte of a response.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a closing connection waits for the client to read the last answer.</summary>
    public TimeSpan LingerLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a cached file is served before it is compared with the disk.</summary>
    public TimeSpan RecheckAfter { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan StatsInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The command <c>knot</c>, which hands the options that it was given to <paramref name="run"/>.</summary>
    public static RootCommand Command(Func<KnotOptions, int> run)
    {
        var defaults = new KnotOptions();
        var port = new Option<int>("--port")
        {
            Description = "The port to listen on; 0 picks a free one.",
            DefaultValueFactory = _ => defaults.Port,
        };
        var root = new Option<string>("--root")
        {
            Description = "The directory to serve; without it, Knot serves its own page.",
            HelpName = "DIR",
        };
        var cache = new Option<int>("--cache")
        {
            Description = "How much memory cached responses may take, in MB; 0 caches nothing.",
            HelpName = "MB",
            DefaultValueFactory = _ => (int)(defaults.CacheBytes >> 20),
        };
        var loops = new Option<int>("--loops")
        {
            Description = "How many event loops serve, each on a thread of its own; more than one only on Linux.",
            HelpName = "N",
            DefaultValueFactory = _ => defaults.Loops,
        };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out int value) && value is < 0 or > 65535)
                result.AddError($"--port must be between 0 and 65535, not {value}.");
        });
        cache.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out int value) && value < 0)
                result.AddError($"--cache must not be negative, as {value} is.");
        });
        loops.Validators.Add(result =>
        {
            if (result.Tokens is not [var token] || !int.TryParse(token.Value, out int value))
                return;
            if (value is < 1 or > 256)
                result.AddError($"--loops must be between 1 and 256, not {value}.");
            else if (value > 1 && !OperatingSystem.IsLinux())
                result.AddError("--loops must be 1 here: only Linux spreads the clients of one port.");
        });

        var command = new RootCommand("Knot, a small static web server written with Tame.") { port, root, cache, loops };
        command.SetAction(result => run(new KnotOptions
        {
            Port = result.GetValue(port),
            Root = result.GetValue(root) ?? defaults.Root,
            CacheBytes = (long)result.GetValue(cache) << 20,
            Loops = result.GetValue(loops),
        }));
        return command;
    }
}
