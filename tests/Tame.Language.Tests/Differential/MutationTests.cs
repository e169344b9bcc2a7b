using System.Reflection;

namespace Tame.Language.Tests.Differential;

/// <summary>A patch that no longer applies breaks nothing, and <c>mutate</c> would tell only when somebody runs it.</summary>
public sealed class MutationTests
{
    private static readonly string s_root = typeof(MutationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    [Fact]
    public void Each_mutation_finds_the_lines_that_it_breaks()
    {
        var patches = Directory.GetFiles(Path.Combine(s_root, "tests", "Tame.Language.Tests", "Mutations"), "*.patch");
        Assert.True(patches.Length > 10);
        Assert.All(patches, patch => Assert.All(Parts(File.ReadAllText(patch)), part => Assert.Contains(part.Before, File.ReadAllText(Path.Combine(s_root, part.File)).ReplaceLineEndings("\n"), StringComparison.Ordinal)));
    }

    /// <summary>The stretches of text that a patch replaces, and their files.</summary>
    private static IEnumerable<(string File, string Before)> Parts(string patch)
    {
        foreach (var file in patch.ReplaceLineEndings("\n").Split("--- a/")[1..])
        {
            foreach (var part in file.Split("\n@@ ")[1..])
            {
                var lines = part.Split('\n')[1..].TakeWhile(line => line is [' ' or '-' or '+', ..]).Where(line => line[0] != '+').Select(line => line[1..]);
                yield return (file[..file.IndexOf('\n', StringComparison.Ordinal)], string.Join("\n", lines));
            }
        }
    }
}
