namespace Tame.Package.Tests;

/// <summary>
/// The tests of lost events once more, runtime and tamed code built for debugging and for release, with and without tiered compilation: whether a frame
/// still holds a handle is up to the compiler, and a handle that is held hides a loss.
/// </summary>
public sealed class LossesInEveryBuildTests
{
    private const string Tests = "tests/Tame.Language.Tests";

    [Theory]
    [InlineData("Debug")]
    [InlineData("Release")]
    public async Task What_is_lost_is_noticed_and_nothing_else_is(string configuration)
    {
        var folder = Directory.CreateTempSubdirectory("tame-losses-").FullName;
        try
        {
            var (built, log) = await RunAsync("1", "build", Tests, "-c", configuration, "--artifacts-path", folder);
            Assert.True(built == 0, log);
            var program = Directory.EnumerateFiles(Path.Combine(folder, "bin"), "Tame.Language.Tests.dll", SearchOption.AllDirectories).First();
            foreach (var tiered in new[] { "1", "0" })
            {
                var (ran, output) = await RunAsync(tiered, "exec", program, "--filter-class", "*LossTests", "--filter-class", "*FalseAlarmTests");
                Assert.True(ran == 0, $"TieredCompilation={tiered}: {output}");
                Assert.Contains("total: 21", output, StringComparison.Ordinal);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<(int ExitCode, string Output)> RunAsync(string tiered, params string[] arguments) =>
        Dotnet.RunAsync(PackedFeed.Metadata("RepositoryRoot"), [("DOTNET_TieredCompilation", tiered)], arguments);
}
