using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Model;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Debugging;

/// <summary>The same sources in two folders that the build maps to one path make the same assembly and the same PDB, bit by bit.</summary>
public sealed class ReproducibleTests
{
    [Theory]
    [InlineData("tests/Tame.Generator.Tests/Debugging/Programs/Spine.cs")]
    [InlineData("tests/Tame.Generator.Tests/Debugging/Programs/Flesh.cs")]
    public void Two_folders_give_the_same_bits(string input)
    {
        var (first, second) = (Build(input, "/home/first/"), Build(input, "/srv/build/second/"));
        Assert.Equal(first.Assembly, second.Assembly);
        Assert.Equal(first.Symbols, second.Symbols);
    }

    [Fact]
    public void A_folder_that_is_not_mapped_is_seen_in_the_bits()
    {
        const string Input = "tests/Tame.Generator.Tests/Debugging/Programs/Spine.cs";
        Assert.NotEqual(Build(Input, "/home/first/", mapped: "/elsewhere/").Symbols, Build(Input, "/srv/build/second/", mapped: "/elsewhere/").Symbols);
    }

    private static Emitted Build(string input, string folder, string? mapped = null)
    {
        var compilation = Compiled.Compilation(Repository.Read(input));
        foreach (var tree in compilation.SyntaxTrees)
        {
            var moved = CSharpSyntaxTree.ParseText(SourceText.From(tree.ToString(), Encoding.UTF8), Compiled.ParseOptions, folder + tree.FilePath);
            compilation = compilation.ReplaceSyntaxTree(tree, moved);
        }

        var paths = new SourceFileResolver([], baseDirectory: null, [new KeyValuePair<string, string>(mapped ?? folder, "/_/")]);
        var options = compilation.Options.WithDeterministic(true).WithSourceReferenceResolver(paths);
        return Emitted.Emit(Compiled.Generate(compilation.WithOptions(options)).Output);
    }
}
