namespace Tame.Package.Tests;

/// <summary>The tools beyond the .NET SDK that some tests need: such a test skips where one is missing, and <c>.ci/run</c>, which installs them, fails if one did.</summary>
internal static class Tool
{
    /// <summary>.ci/run looks for these words among the reasons of what was skipped.</summary>
    private const string Missing = "which is not installed";

    /// <summary>The linker of NativeAOT: Visual Studio's on Windows, found by the SDK itself.</summary>
    public static bool HasLinker => OperatingSystem.IsWindows() || Exists("clang") || Exists("gcc");

    public static void RequireGit()
    {
        Assert.SkipUnless(Exists("git"), $"This needs git, {Missing}.");
        Assert.SkipUnless(Path.Exists(Path.Combine(PackedFeed.Metadata("RepositoryRoot"), ".git")), "This needs a clone of the repository, not its files alone.");
    }

    public static void RequireLinker() => Assert.SkipUnless(HasLinker, $"This needs a C compiler, gcc or clang, {Missing}.");

    private static bool Exists(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0).Any(folder => File.Exists(Path.Combine(folder, tool)) || File.Exists(Path.Combine(folder, tool + ".exe")));
}
