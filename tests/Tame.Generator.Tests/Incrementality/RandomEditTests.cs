using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tame.Generator.Binding.Rewrite;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Incrementality;

/// <summary>Whatever the user types, and wherever: a driver that has seen all earlier versions generates the same as a new driver.</summary>
public sealed class RandomEditTests
{
    private const int Edits = 40;

    /// <summary>More seeds if TAME_EDIT_SEEDS sets a number.</summary>
    public static TheoryData<int> Seeds =>
        [.. Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("TAME_EDIT_SEEDS"), CultureInfo.InvariantCulture, out var seeds) ? seeds : 3)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void After_any_edits_the_generated_code_is_that_of_a_first_run(int seed)
    {
        var random = new Random(seed);
        var inputs = GoldenTests.Inputs().Select(input => input.Data).ToList();
        string[] files = [.. Enumerable.Range(0, 6).Select(_ => Repository.Read(inputs[random.Next(inputs.Count)])).Distinct(), .. ReuseTests.Files];
        var compilation = Compiled.Compilation(files);
        var driver = Compiled.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        var kept = 0;
        for (var i = 0; i < Edits; i++)
        {
            var tree = compilation.SyntaxTrees[random.Next(1, compilation.SyntaxTrees.Length)];
            var edited = Edit(tree, random, [.. compilation.SyntaxTrees]);
            compilation = compilation.ReplaceSyntaxTree(tree, edited);
            driver = driver.RunGenerators(compilation, TestContext.Current.CancellationToken);
            var (warm, cold) = (new Pipeline(driver), Pipeline.Run(compilation));
            Assert.Equal(cold.Sources(), warm.Sources());
            kept += warm.Kept(TrackingNames.Keyed);
            if (i % 6 == 5) compilation = compilation.ReplaceSyntaxTree(edited, Compiled.Tree(files[Index(edited)], edited.FilePath)); // before everything is broken
        }

        Assert.True(kept > Edits, "Nothing was reused, so nothing was tested.");
    }

    /// <summary>Removes a token, or replaces it with or inserts another of the project's, or edits a line.</summary>
    private static SyntaxTree Edit(SyntaxTree tree, Random random, IReadOnlyList<SyntaxTree> all)
    {
        var token = Pick(tree, random);
        var typed = random.Next(4) switch
        {
            0 => "",
            1 => "\n" + token,
            2 => Pick(all[random.Next(all.Count)], random) + " " + token,
            _ => Pick(all[random.Next(all.Count)], random).Text,
        };
        var text = tree.ToString();
        return Compiled.Tree(text[..token.SpanStart] + typed + text[token.Span.End..], tree.FilePath);

        static SyntaxToken Pick(SyntaxTree from, Random random)
        {
            var tokens = from.GetRoot().DescendantTokens().ToList();
            return tokens[random.Next(tokens.Count)];
        }
    }

    private static int Index(SyntaxTree tree) => Enumerable.Range(0, 20).Single(i => Compiled.PathOf(i) == tree.FilePath);
}
