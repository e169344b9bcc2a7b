using System.IO.Compression;

namespace Tame.Package.Tests.Templates;

/// <summary>The packed templates as a package.</summary>
public sealed class TemplatePackageTests(PackedFeed feed)
{
    [Fact]
    public void It_holds_templates_that_refer_to_the_Tame_of_their_own_version_and_needs_nothing()
    {
        using var package = ZipFile.OpenRead(feed.Templates);
        Assert.Equal(
            ["content/tame-console/.template.config/template.json", "content/tame-server/.template.config/template.json", "content/tame-web/.template.config/template.json"],
            package.Entries.Where(entry => entry.Name == "template.json").Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(package.Entries, entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal));

        var specification = Text(package, "Tame.Templates.nuspec");
        Assert.Contains("<packageType name=\"Template\" />", specification);
        Assert.DoesNotContain("<dependency ", specification);

        var version = Path.GetFileNameWithoutExtension(feed.Package)["Tame.".Length..];
        Assert.Contains($"<version>{version}</version>", specification);
        var projects = package.Entries.Where(entry => entry.Name.EndsWith(".csproj", StringComparison.Ordinal)).Select(entry => Text(package, entry.FullName)).ToList();
        Assert.Equal(6, projects.Count);
        Assert.DoesNotContain(projects, project => project.Contains("_VERSION", StringComparison.Ordinal));
        Assert.Single(projects, project => project.Contains($"<PackageReference Include=\"Tame\" Version=\"{version}\" />", StringComparison.Ordinal));
        Assert.Single(projects, project => project.Contains($"<PackageReference Include=\"Tame.Hosting\" Version=\"{version}\" />", StringComparison.Ordinal));
        Assert.Equal(3, projects.Count(project => project.Contains($"<PackageReference Include=\"Tame.Testing\" Version=\"{version}\" />", StringComparison.Ordinal)));
        Assert.Equal(2, projects.Count(project => project.Contains($"<PackageReference Include=\"Tame.IO\" Version=\"{version}\" />", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Packed_again_each_package_has_the_same_bits()
    {
        var again = await feed.PackAsync("packed-again");
        foreach (var package in new[] { feed.Package, feed.Connections, feed.Templates })
            Assert.Equal(File.ReadAllBytes(package), File.ReadAllBytes(Path.Combine(again, Path.GetFileName(package))));
    }

    private static string Text(ZipArchive package, string name)
    {
        using var reader = new StreamReader(package.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
