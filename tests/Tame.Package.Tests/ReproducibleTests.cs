namespace Tame.Package.Tests;

/// <summary>One program built in two folders: generated code names no folder that a path map does not hide.</summary>
public sealed class ReproducibleTests(PackedFeed feed)
{
    [Fact]
    public async Task Two_folders_give_the_same_bits()
    {
        var (here, hereSymbols) = await BuildAsync("here");
        var (there, thereSymbols) = await BuildAsync("a-folder-with-a-longer-name");
        Assert.Equal(here, there);
        Assert.Equal(hereSymbols, thereSymbols);
    }

    private async Task<(byte[] Program, byte[] Symbols)> BuildAsync(string name)
    {
        var project = feed.Newcomer(name);
        var (built, log) = await feed.RunAsync(project, "build", "-c", "Release", "-warnaserror", $"-p:PathMap={project}=/_/");
        Assert.True(built == 0, log);
        var output = Path.Combine(project, "bin", "Release", "net10.0");
        return (await File.ReadAllBytesAsync(Path.Combine(output, "Newcomer.dll")), await File.ReadAllBytesAsync(Path.Combine(output, "Newcomer.pdb")));
    }
}
