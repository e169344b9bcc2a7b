namespace Tame.Package.Tests;

/// <summary>Does what README tells a newcomer to do with its first program: paste it, run it, break it.</summary>
public sealed class ReadmeTests(PackedFeed feed)
{
    private static readonly string s_readme = File.ReadAllText(Path.Combine(PackedFeed.Metadata("RepositoryRoot"), "README.md"));

    [Fact]
    public void The_page_and_its_program_are_short()
    {
        Assert.InRange(s_readme.Split('\n').Length - 1, 1, 150);
        Assert.InRange(Block("csharp", 0).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 1, 15);
    }

    [Fact]
    public async Task The_program_prints_what_the_page_shows()
    {
        var project = Paste("readme", Block("csharp", 0));
        var (built, log) = await feed.RunAsync(project, "build", "-c", "Release");
        Assert.True(built == 0, log);
        Assert.DoesNotContain(": warning ", log, StringComparison.Ordinal);
        var (exitCode, output) = await RunAsync(project);
        Assert.Equal(Block("text", 0), output.ReplaceLineEndings("\n"));
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task The_broken_program_is_warned_of_and_stops_with_the_line_that_the_page_shows()
    {
        var lines = Block("csharp", 0).Split('\n');
        var place = Array.FindIndex(lines, line => line.TrimStart().StartsWith("Task.Delay", StringComparison.Ordinal));
        Assert.Contains("Replace the line that starts with `Task.Delay` with `mkevent(race, city);`", s_readme, StringComparison.Ordinal);
        lines[place] = "            mkevent(race, city);";
        var project = Paste("readme-broken", string.Join('\n', lines));
        var (built, log) = await feed.RunAsync(project, "build", "-c", "Release");
        Assert.True(built == 0, log);
        Assert.Contains($"Program.cs({place + 1},13): warning TAME062", log, StringComparison.Ordinal);
        var (exitCode, output) = await RunAsync(project);
        Assert.NotEqual(0, exitCode);
        var folder = Path.GetFullPath(project) + Path.DirectorySeparatorChar;
        Assert.StartsWith(Block("text", 1).TrimEnd(), output.Replace(folder, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Output)> RunAsync(string project) =>
        Dotnet.RunAsync(project, [], Path.Combine("bin", "Release", "net10.0", "Newcomer.dll"));

    /// <summary>A console project with the package, and the program in it.</summary>
    private string Paste(string name, string program)
    {
        var project = feed.Newcomer(name);
        File.WriteAllText(Path.Combine(project, "Program.cs"), program);
        return project;
    }

    /// <summary>The text of a fenced block of one kind, counted from zero.</summary>
    internal static string Block(string kind, int index)
    {
        var fence = $"```{kind}\n";
        var start = -1;
        for (var i = 0; i <= index; i++) start = s_readme.IndexOf(fence, start + 1, StringComparison.Ordinal);
        Assert.True(start >= 0, $"README has too few blocks of kind {kind}.");
        start += fence.Length;
        return s_readme[start..s_readme.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
