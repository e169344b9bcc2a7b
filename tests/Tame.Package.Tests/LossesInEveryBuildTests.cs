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
        // In the repository's own folders: where everything has been built before, as in CI, this builds nothing.
        var (built, log) = await RunAsync("1", "build", Tests, "-c", configuration);
        Assert.True(built == 0, log);
        var program = Path.Combine(Tests, "bin", configuration, "net10.0", "Tame.Language.Tests.dll");
        foreach (var tiered in new[] { "1", "0" })
        {
            var (ran, output) = await RunAsync(tiered, "exec", program, "--filter-class", "*LossTests", "--filter-class", "*FalseAlarmTests");
            Assert.True(ran == 0, $"TieredCompilation={tiered}: {output}");
            Assert.Contains("total: 21", output, StringComparison.Ordinal);
        }
    }

    private static Task<(int ExitCode, string Output)> RunAsync(string tiered, params string[] arguments) =>
        Dotnet.RunAsync(PackedFeed.Metadata("RepositoryRoot"), [("DOTNET_TieredCompilation", tiered)], arguments);
}
