namespace Tame.Comparison.Servers;

/// <summary>What a server is told when it starts.</summary>
/// <param name="Port">Where to listen, on loopback.</param>
/// <param name="Root">The folder to serve.</param>
/// <param name="Work">A folder for its configuration and whatever else it writes.</param>
/// <param name="Clients">How many clients there will be.</param>
internal sealed record ServerPlace(int Port, string Root, string Work, int Clients);

/// <summary>A server that can be compared.</summary>
internal abstract class ServerKind
{
    /// <summary>Its name on the command line, in tables and in pictures.</summary>
    public abstract string Name { get; }

    /// <summary>How it is set up, as a sentence of the report.</summary>
    public abstract string Setup { get; }

    /// <summary>Whether its set-up depends on the number of clients, so that it starts again for each.</summary>
    public virtual bool DependsOnClients => false;

    /// <summary>Whether its code gets faster while it runs, so that it needs a longer load before anything counts.</summary>
    public virtual bool NeedsWarmUp => false;

    /// <summary>Whether <see cref="Missing"/> builds it, which takes a while.</summary>
    public virtual bool IsBuiltNow => false;

    /// <summary>Why it cannot run here; null where it can.</summary>
    public abstract string? Missing();

    /// <summary>Writes what it needs into the folder for it.</summary>
    /// <returns>The program and its arguments, to run in the foreground.</returns>
    public abstract string[] Prepare(ServerPlace place);

    /// <summary>The path of a program, or null.</summary>
    protected static string? Find(string tool) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin".Split(':').Select(folder => Path.Join(folder, tool)).FirstOrDefault(File.Exists);
}
