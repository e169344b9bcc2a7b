using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests;

/// <summary>
/// Generated code needs no newer C# than the package says (TAME091): if the user's part is C# 11, all of it is. The required compiler (TAME090) is the one that
/// the generator is built against.
/// </summary>
public sealed class LanguageFloorTests
{
    private static readonly CSharpParseOptions s_floor = Compiled.ParseOptions.WithLanguageVersion(LanguageVersion.CSharp11);

    [Fact]
    public void What_is_made_of_CSharp_11_is_CSharp_11()
    {
        var inputs = GoldenTests.Inputs().Select(row => row.Data).Where(input => Mistakes(Written(input, s_floor)).All(id => id == "CS8795")).ToList();
        Assert.True(inputs.Count > 20, $"Only {inputs.Count} inputs are C# 11.");
        Assert.All(inputs, input => Assert.Empty(Mistakes(Whole(input, s_floor))));
    }

    [Fact]
    public void What_is_made_of_older_CSharp_is_not() =>
        Assert.Contains("CS8936", Mistakes(Whole("tests/Tame.Generator.Tests/Goldens/Locals/Spans.cs", s_floor.WithLanguageVersion(LanguageVersion.CSharp10))));

    [Fact]
    public void The_compiler_asked_for_is_the_one_built_against()
    {
        var version = XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("RoslynVersion").Single().Value;
        Assert.Equal("4.14.0", version);
        Assert.Contains("Roslyn 4.14 or newer", Repository.Read("build/package/Tame.targets"));
    }

    private static CSharpCompilation Written(string input, CSharpParseOptions options)
    {
        var compilation = Compiled.Compilation(Repository.Read(input));
        return compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.GetText(), options, tree.FilePath)));
    }

    private static Compilation Whole(string input, CSharpParseOptions options)
    {
        Compiled.Driver().WithUpdatedParseOptions(options).RunGeneratorsAndUpdateCompilation(Written(input, options), out var whole, out _);
        return whole;
    }

    private static IEnumerable<string> Mistakes(Compilation compilation) => Compiled.Problems(compilation).Select(problem => problem.Id);
}
