namespace Tame.Package.Tests.Templates;

/// <summary>The packed templates, installed where no other templates are, and folders of their own for the projects made from them.</summary>
public sealed class TemplateHive(PackedFeed feed) : IAsyncLifetime
{
    // Tame comes from the feed alone, also on a machine that has some Tame in its package folder.
    private const string Sources = """
        <configuration>
          <packageSources>
            <clear />
            <add key="feed" value="../feed" />
            <add key="others" value="{0}" />
          </packageSources>
          <packageSourceMapping>
            <packageSource key="feed"><package pattern="Tame" /><package pattern="Tame.IO" /><package pattern="Tame.Hosting" /><package pattern="Tame.Testing" /></packageSource>
            <packageSource key="others"><package pattern="*" /></packageSource>
          </packageSourceMapping>
          <fallbackPackageFolders>
            <clear />
          </fallbackPackageFolders>
        </configuration>
        """;

    private readonly string _projects = feed.NewFolder($"templates-{Guid.NewGuid():N}");

    private string Hive => Path.Combine(_projects, "hive");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_projects, "nuget.config"), Sources.Replace("{0}", PackedFeed.Metadata("PackageRoot"), StringComparison.Ordinal));
        var (installed, log) = await feed.RunAsync(_projects, "new", "install", feed.Templates, "--debug:custom-hive", Hive);
        Assert.True(installed == 0, log);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What a template makes, in a folder of the given name: by this the project is called.</summary>
    public async Task<string> NewAsync(string template, string name, params string[] options)
    {
        var (made, log) = await feed.RunAsync(_projects, ["new", template, "-o", name, .. options, "--debug:custom-hive", Hive]);
        Assert.True(made == 0, log);
        return Path.Combine(_projects, name);
    }

    /// <summary>Runs the dotnet command in a project's folder, where it has to succeed; its output.</summary>
    public async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var (exitCode, output) = await feed.RunAsync(folder, arguments);
        Assert.True(exitCode == 0, output);
        return output.ReplaceLineEndings("\n");
    }
}
