using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Tests.Architecture;

namespace Tame.Generator.Tests;

/// <summary>The generator has the layout that docs/architecture.md describes. Each rule is also tested with an assembly that breaks it.</summary>
public sealed class ArchitectureTests
{
    private const int LongestFile = 400;
    private const int MostParameters = 5;

    [Fact]
    public void Folders_use_only_the_folders_that_the_arrows_name() =>
        Assert.Empty(GeneratorLayout.Violations(TypeReferences.Of(typeof(TamedGenerator).Assembly)));

    [Fact]
    public void Only_folders_that_may_use_Roslyn_name_it() =>
        Assert.Empty(Repository.SourceFiles("src/Tame.Generator").SelectMany(path => GeneratorLayout.RoslynMentions(path, Repository.Read(path))));

    [Fact]
    public void No_file_is_long() => Assert.Empty(LongFiles(Repository.SourceFiles("src", "tests", "samples", "bench"), Repository.Read));

    [Fact]
    public void No_parameter_list_is_long() => Assert.Empty(LongParameterLists(Repository.SourceFiles("src/Tame.Generator", "src/Tame.CodeFixes"), Repository.Read));

    [Fact]
    public void A_list_of_six_parameters_is_long()
    {
        const string Text = "record R(int A, int B, int C, int D, int E, int F); class C { void M(int a, int b, int c, int d, int e) { void L(int a, int b, int c, int d, int e, int f) { } } }";
        Assert.Equal(["a.cs: R has 6 parameters", "a.cs: L has 6 parameters"], LongParameterLists(["a.cs"], _ => Text));
    }

    [Fact]
    public void The_files_looked_at_are_all_of_them() =>
        Assert.Contains("tests/Tame.Generator.Tests/ArchitectureTests.cs", Repository.SourceFiles("tests"));

    [Fact]
    public void A_file_of_401_lines_is_long()
    {
        var files = new Dictionary<string, string> { ["a.cs"] = Lines(LongestFile), ["b.cs"] = Lines(LongestFile + 1) };
        Assert.Equal(["b.cs: 401 lines"], LongFiles(files.Keys, path => files[path]));
    }

    [Theory]
    [InlineData("Model", "public static Tame.Generator.Binding.Neighbour Other;", "Model may not use Binding")]
    [InlineData("Model", "public static Tame.Generator.Lowering.Neighbour[] Other;", "Model may not use Lowering")]
    [InlineData("Flow", "public static void M(Tame.Generator.Binding.Neighbour other) { }", "Flow may not use Binding")]
    [InlineData("Lowering", "public static object M() => new Tame.Generator.Emission.Neighbour();", "Lowering may not use Emission")]
    [InlineData("Lowering", "public static void M() => Tame.Generator.Flow.Neighbour.Call();", "Lowering may not use Flow")]
    [InlineData("Emission", "public static bool M(object o) => o is Tame.Generator.Binding.Neighbour;", "Emission may not use Binding")]
    [InlineData("Emission", "public static System.Func<Tame.Generator.Binding.Neighbour> Other => null;", "Emission may not use Binding")]
    [InlineData("Binding", "public static string M() => typeof(Tame.Generator.Emission.Neighbour).Name;", "Binding may not use Emission")]
    [InlineData("Binding", "public static Tame.Generator.TopNeighbour Other;", "Binding may not use the root")]
    [InlineData("Binding", "public static Tame.Generator.Analysis.Neighbour Other;", "Binding may not use Analysis")]
    [InlineData("Binding.Facts", "public static Tame.Generator.Binding.Rewrite.Neighbour Other;", "Binding.Facts may not use Binding.Rewrite")]
    [InlineData("Binding.Rewrite", "public static Tame.Generator.Binding.Spine.Neighbour Other;", "Binding.Rewrite may not use Binding.Spine")]
    [InlineData("Binding.Pair", "public static Tame.Generator.Binding.Facts.Neighbour Other;", "Binding.Pair may not use Binding.Facts")]
    [InlineData("Binding.Text", "public static Tame.Generator.Binding.Pair.Neighbour Other;", "Binding.Text may not use Binding.Pair")]
    [InlineData("Flow", "public static Tame.Generator.Analysis.Paths.Neighbour Other;", "Flow may not use Analysis.Paths")]
    [InlineData("Analysis.Paths", "public static Tame.Generator.Binding.Neighbour Other;", "Analysis.Paths may not use Binding")]
    [InlineData("Analysis", "public static Tame.Generator.Emission.Neighbour Other;", "Analysis may not use Emission")]
    [InlineData("Attic", "public static int Other;", "no such folder: Attic")]
    [InlineData("Model", "public static Microsoft.CodeAnalysis.ISymbol Other;", "no Roslyn type in Model")]
    [InlineData("Model", "public static System.Collections.Generic.List<Microsoft.CodeAnalysis.SyntaxNode[]> Other;", "no Roslyn type in Model")]
    [InlineData("Lowering", "public static T M<T>(T t) where T : Microsoft.CodeAnalysis.SyntaxNode => t;", "no Roslyn type in Lowering")]
    [InlineData("Lowering", "public static int M(object o) { try { return 1; } catch (System.Exception) when (o is Microsoft.CodeAnalysis.SyntaxTree) { return 2; } }", "no Roslyn type in Lowering")]
    [InlineData("Emission", "public static string M() => new Microsoft.CodeAnalysis.AdhocName().ToString();", "no Roslyn type in Emission")]
    [InlineData("Emission", "public static System.Func<object> M() => () => Microsoft.CodeAnalysis.Location.None;", "no Roslyn type in Emission")]
    public void A_layout_that_breaks_a_rule_is_refused(string folder, string member, string expected) =>
        Assert.Contains(GeneratorLayout.Violations(TypeReferences.Of(WrongLayout.With(folder, member))), violation => violation.EndsWith(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("Binding", "public static Tame.Generator.Model.Neighbour Other;")]
    [InlineData("Binding", "public static Microsoft.CodeAnalysis.ISymbol M() => Tame.Generator.Flow.Neighbour.Call();")]
    [InlineData("Emission", "public static Tame.Generator.Lowering.Neighbour Other;")]
    [InlineData("Binding.Spine", "public static Tame.Generator.Binding.Rewrite.Neighbour Other;")]
    [InlineData("Analysis", "public static Tame.Generator.Analysis.Paths.Neighbour Other;")]
    public void A_layout_that_follows_the_arrows_is_accepted(string folder, string member) =>
        Assert.Empty(GeneratorLayout.Violations(TypeReferences.Of(WrongLayout.With(folder, member))));

    [Fact]
    public void A_mention_of_Roslyn_in_a_pure_folder_is_refused()
    {
        const string Text = "// Microsoft.CodeAnalysis is not named here.\nusing Microsoft.CodeAnalysis;\n";
        Assert.Equal(["src/Tame.Generator/Model/A.cs: using Microsoft.CodeAnalysis;"], GeneratorLayout.RoslynMentions("src/Tame.Generator/Model/A.cs", Text));
        Assert.Empty(GeneratorLayout.RoslynMentions("src/Tame.Generator/Binding/A.cs", Text));
        Assert.Empty(GeneratorLayout.RoslynMentions("src/Tame.Generator/Rules.cs", Text));
    }

    /// <summary>The lists of methods, functions, delegates, constructors and positional records.</summary>
    private static IEnumerable<string> LongParameterLists(IEnumerable<string> paths, Func<string, string> read) =>
        from path in paths
        from list in CSharpSyntaxTree.ParseText(read(path)).GetRoot().DescendantNodes().OfType<ParameterListSyntax>()
        where list.Parameters.Count > MostParameters
        select $"{path}: {list.Parent!.ChildTokens().FirstOrDefault(token => token.IsKind(SyntaxKind.IdentifierToken)).ValueText} has {list.Parameters.Count} parameters";

    private static IEnumerable<string> LongFiles(IEnumerable<string> paths, Func<string, string> read) =>
        from path in paths let lines = read(path).TrimEnd('\n').Split('\n').Length where lines > LongestFile select $"{path}: {lines} lines";

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("\n", count - 1)) + "}\n";
}
