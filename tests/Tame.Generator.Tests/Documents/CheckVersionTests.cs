using System.Diagnostics;

namespace Tame.Generator.Tests.Documents;

/// <summary><c>build/check-version</c>, in a folder of its own with a release that is complete.</summary>
public sealed class CheckVersionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tame-version-").FullName;

    public CheckVersionTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "build"));
        Directory.CreateDirectory(Path.Combine(_folder, "src", "One"));
        File.Copy(Path.Combine(Repository.Root, "build", "check-version"), Path.Combine(_folder, "build", "check-version"));
        Write("Directory.Build.props", "<Version>1.2.3</Version>\n");
        Write("CHANGELOG.md", "## [1.2.3] - 2026-01-02\n");
        Write("src/One/PublicAPI.Unshipped.txt", "#nullable enable\n");
        Write("src/One/AnalyzerReleases.Unshipped.md", "; Unshipped analyzer release\n");
    }

    [Fact]
    public void A_complete_release_passes() => Assert.Equal((0, "version 1.2.3, v1.2.3\n"), Check());

    [Theory]
    [InlineData("src/One/PublicAPI.Unshipped.txt", "#nullable enable\nN.A\n")]
    [InlineData("src/One/AnalyzerReleases.Unshipped.md", "### New Rules\n\nRule ID | Category | Severity | Notes\n--------|----------|----------|-------\nN001 | N | Error | First\n")]
    public void A_release_with_something_unshipped_fails(string file, string text)
    {
        Write(file, text);
        var (exit, output) = Check();

        Assert.Equal(1, exit);
        Assert.Contains("build/ship-api", output);
        Assert.Contains(file, output);
    }

    [Theory]
    [InlineData("Directory.Build.props", "<Version>1.2.4</Version>\n")]
    [InlineData("CHANGELOG.md", "## [Unreleased]\n")]
    public void A_tag_without_its_version_or_its_changelog_fails(string file, string text)
    {
        Write(file, text);

        Assert.Equal(1, Check().Exit);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    private (int Exit, string Output) Check()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script needs bash.");
        using var process = Process.Start(new ProcessStartInfo("bash", [Path.Combine(_folder, "build", "check-version"), "v1.2.3"]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
