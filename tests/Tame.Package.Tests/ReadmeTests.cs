namespace Tame.Package.Tests;

/// <summary>README's program does what README says: pasted, run, and broken.</summary>
public sealed class ReadmeTests(PackedFeed feed)
{
    [Fact]
    public void The_program_is_short_and_the_page_is_too()
    {
        Assert.InRange(Readme.Program.TrimEnd('\n').Split('\n').Length, 1, 15);
        Assert.InRange(File.ReadAllLines(Path.Combine(PackedFeed.Metadata("RepositoryRoot"), "README.md")).Length, 1, 120);
    }

    [Fact]
    public async Task The_program_prints_what_the_page_says()
    {
        var project = await PasteAsync("readme", Readme.Program);
        var (built, log) = await feed.RunAsync(project, "build", "-warnaserror");
        Assert.True(built == 0, log);
        var (exitCode, output) = await feed.RunAsync(project, "run", "--no-build");
        Assert.Equal(Readme.Outputs[0], output.ReplaceLineEndings("\n"));
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Broken_as_the_page_says_it_is_warned_of_and_ends_as_the_page_says()
    {
        var project = await PasteAsync("readme-broken", Readme.BrokenProgram());
        var (built, log) = await feed.RunAsync(project, "build");
        Assert.True(built == 0, log);
        Assert.Contains($"warning {Readme.Warning}: ", log);
        var (exitCode, output) = await feed.RunAsync(project, "run", "--no-build");
        Assert.NotEqual(0, exitCode);
        Assert.StartsWith(Readme.Outputs[1], output.ReplaceLineEndings("\n").Replace(project + Path.DirectorySeparatorChar, "/home/you/Hello/", StringComparison.Ordinal));
    }

    private async Task<string> PasteAsync(string name, string program)
    {
        var project = feed.Newcomer(name);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), program, TestContext.Current.CancellationToken);
        return project;
    }
}
