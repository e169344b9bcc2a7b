using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using static Tame.Package.Tests.PackedText;

namespace Tame.Package.Tests;

/// <summary>The packed Tame.IO: alone, it is all that a newcomer refers to.</summary>
public sealed partial class ConnectionsPackageTests(PackedFeed feed)
{
    [Fact]
    public void It_holds_the_library_and_needs_all_of_Tame_alone()
    {
        using var package = ZipFile.OpenRead(feed.Connections);
        string[] plumbing = ["_rels/.rels", "[Content_Types].xml", "Tame.IO.nuspec"];
        Assert.Equal(
            ["README.md", "icon.png", "lib/net10.0/Tame.IO.dll", "lib/net10.0/Tame.IO.xml"],
            package.Entries.Select(entry => entry.FullName).Except(plumbing).Where(file => !file.StartsWith("package/services/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

        var specification = Text(package, "Tame.IO.nuspec");
        var version = Path.GetFileNameWithoutExtension(feed.Package)["Tame.".Length..];
        Assert.Equal($"<dependency id=\"Tame\" version=\"{version}\" include=\"All\" />", Assert.Single(Dependencies().Matches(specification)).Value);
        Assert.Contains("<license type=\"expression\">MIT</license>", specification);
        Assert.Contains("<readme>README.md</readme>", specification);
        Assert.Contains("<icon>icon.png</icon>", specification);
    }

    [Fact]
    public async Task The_program_of_its_readme_builds_without_a_warning_and_talks_to_a_server()
    {
        string program = ProgramOfReadme(feed.Connections);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var project = feed.Newcomer("connects", ("Newcomer.csproj", "\"Tame\"", "\"Tame.IO\""));
        Assert.Contains(" 5000,", program, StringComparison.Ordinal);
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), program.Replace("5000", port, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var (built, log) = await feed.RunAsync(project, "build", "-c", "Release", "-warnaserror");
        Assert.True(built == 0, log);

        var answering = AnswerAsync(listener);
        var (ran, output) = await feed.RunAsync(project, "run", "-c", "Release", "--no-build");
        Assert.Equal((0, "HELLO\n"), (ran, output.ReplaceLineEndings("\n")));
        await answering;
    }

    /// <summary>Sends one line back, in capitals.</summary>
    private static async Task AnswerAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream());
        var line = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        await writer.WriteLineAsync(line?.ToUpperInvariant());
    }

    [GeneratedRegex("<dependency [^>]*>")]
    private static partial Regex Dependencies();
}
