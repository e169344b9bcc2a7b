using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClusterProgram;

/// <summary>The settings from the command line.</summary>
internal sealed record Settings
{
    public const string Usage = "usage: cluster [--pages N] [--hosts N] [--window N] [--kill SILO --after PAGES] [--store redis [--redis HOST:PORT]]";

    public int Pages { get; init; } = 600;

    public int Hosts { get; init; } = 20;

    /// <summary>The number of pages of one host that are fetched at a time.</summary>
    public int Window { get; init; } = 4;

    /// <summary>The silo to kill, 1 or 2; zero for none.</summary>
    public int Kill { get; init; }

    /// <summary>The number of results at which that silo is killed.</summary>
    public int After { get; init; }

    /// <summary>The address of the Redis server that has the list of silos and the results; null if the first silo has the list.</summary>
    public string? Redis { get; init; }

    /// <summary>The silo that this process runs; zero for the client.</summary>
    public int Silo { get; init; }

    /// <summary>The name of the cluster.</summary>
    public string Name { get; init; } = $"cluster-{Guid.NewGuid():N}";

    /// <summary>For each silo the port for silos, then the port for clients.</summary>
    public int[] Ports { get; init; } = [];

    /// <summary>Reads the command line; null if it is wrong.</summary>
    public static Settings? Parse(string[] args)
    {
        var settings = new Settings();
        for (int i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || settings.With(args[i], args[i + 1]) is not { } more)
                return null;
            settings = more;
        }
        bool mayBeKilled = settings.Kill is 0 or 2 || settings.Kill == 1 && settings.Redis is not null;     // without a store the first silo has the list of silos
        if (!mayBeKilled)
            return null;
        return settings.Ports.Length == 0 ? settings with { Ports = FreePorts(4) } : settings;
    }

    /// <summary>The command line of a silo.</summary>
    public string[] OfSilo(int number) =>
    [
        "--silo", $"{number}", "--name", Name, "--window", $"{Window}", "--ports", string.Join(',', Ports),
        .. Redis is null ? Array.Empty<string>() : ["--redis", Redis],
    ];

    private Settings? With(string name, string value)
    {
        if (name is "--redis" or "--store" or "--name")
        {
            return name switch
            {
                "--redis" => this with { Redis = value },
                "--name" => this with { Name = value },
                _ => value == "redis" ? this with { Redis = Redis ?? "localhost:6379" } : null,
            };
        }
        if (name == "--ports")
            return this with { Ports = [.. value.Split(',').Select(port => int.Parse(port, CultureInfo.InvariantCulture))] };
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return null;
        return name switch
        {
            "--pages" => this with { Pages = number },
            "--hosts" when number > 0 => this with { Hosts = number },
            "--window" when number > 0 => this with { Window = number },
            "--kill" => this with { Kill = number },
            "--after" => this with { After = number },
            "--silo" => this with { Silo = number },
            _ => null,
        };
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}

/// <summary>What a grain needs to know about its silo.</summary>
internal sealed record SiloSettings(int Number, int Window, bool IsStored);
