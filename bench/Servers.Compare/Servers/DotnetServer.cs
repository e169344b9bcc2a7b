using System.Globalization;

namespace Tame.Comparison.Servers;

/// <summary>A server of this repository that takes <c>--port</c> and <c>--root</c>.</summary>
/// <param name="name">Its name here.</param>
/// <param name="setup">How it is set up.</param>
/// <param name="program">Its executable.</param>
/// <param name="options">What else it is told.</param>
internal sealed class DotnetServer(string name, string setup, string program, params string[] options) : ServerKind
{
    public override string Name => name;

    public override string Setup => setup;

    public override bool NeedsWarmUp => true;

    /// <summary>Makes the executable where that may fail: says why it could not.</summary>
    public Func<string?>? Build { get; init; }

    public override bool IsBuiltNow => Build is not null;

    public override string? Missing() => Build?.Invoke() ?? (File.Exists(program) ? null : $"{program} is not there: build it");

    public override string[] Prepare(ServerPlace place) => [program, "--port", place.Port.ToString(CultureInfo.InvariantCulture), "--root", place.Root, .. options];
}

/// <summary>Kestrel with the middleware of ASP.NET Core for static files.</summary>
internal sealed class KestrelServer(string program) : ServerKind
{
    public override string Name => "kestrel";

    public override string Setup => "Kestrel with `UseStaticFiles` for the folder, no routing and no log: files come from the system's page cache, not from Kestrel's own memory";

    public override bool NeedsWarmUp => true;

    public override string? Missing() => File.Exists(program) ? null : $"{program} is not there: build it";

    public override string[] Prepare(ServerPlace place) => [program, place.Port.ToString(CultureInfo.InvariantCulture), place.Root];
}
