using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using static Tame.Package.Tests.PackedText;

namespace Tame.Package.Tests;

/// <summary>The packed Tame.Http: alone, it is all that a newcomer refers to.</summary>
public sealed partial class HttpPackageTests(PackedFeed feed)
{
    [Fact]
    public void It_holds_the_library_and_needs_all_of_Tame_IO_alone()
    {
        using var package = ZipFile.OpenRead(feed.Http);
        string[] plumbing = ["_rels/.rels", "[Content_Types].xml", "Tame.Http.nuspec"];
        Assert.Equal(
            ["README.md", "icon.png", "lib/net10.0/Tame.Http.dll", "lib/net10.0/Tame.Http.xml"],
            package.Entries.Select(entry => entry.FullName).Except(plumbing).Where(file => !file.StartsWith("package/services/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var version = Path.GetFileNameWithoutExtension(feed.Package)["Tame.".Length..];
        Assert.Equal($"<dependency id=\"Tame.IO\" version=\"{version}\" include=\"All\" />", Assert.Single(Dependencies().Matches(Text(package, "Tame.Http.nuspec"))).Value);
    }

    [Fact]
    public async Task The_program_of_its_readme_builds_without_a_warning_and_answers_a_client()
    {
        string program = ProgramOfReadme(feed.Http);
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        var project = feed.Newcomer("serves-http", ("Newcomer.csproj", "\"Tame\"", "\"Tame.Http\""));
        Assert.Contains(" 5000)", program, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), program.Replace("5000", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var (built, log) = await feed.RunAsync(project, "build", "-c", "Release", "-warnaserror");
        Assert.True(built == 0, log);
        await AskAsync(Path.Combine(project, "bin", "Release"), new Uri($"http://127.0.0.1:{port}/world"));
    }

    private static async Task AskAsync(string folder, Uri address)
    {
        var assembly = Directory.EnumerateFiles(folder, "Newcomer.dll", SearchOption.AllDirectories).Single();
        using var server = System.Diagnostics.Process.Start("dotnet", [assembly]);
        try
        {
            using var client = new HttpClient();
            string? answer = null;
            for (int i = 0; i < 100 && answer is null; i++)
            {
                try
                {
                    answer = await client.GetStringAsync(address, TestContext.Current.CancellationToken);
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(100, TestContext.Current.CancellationToken);
                }
            }
            Assert.Equal("hello /world\n", answer);
        }
        finally
        {
            server.Kill();
        }
    }

    [GeneratedRegex("<dependency [^>]*>")]
    private static partial Regex Dependencies();
}
