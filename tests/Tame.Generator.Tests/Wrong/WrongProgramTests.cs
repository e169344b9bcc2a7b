using Microsoft.CodeAnalysis;
using Tame.Generator.Model;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Wrong;

/// <summary>
/// Programs as users write them, with one mistake each. It is reported at its place, and nothing else is. After correction, nothing is reported. The comparison
/// includes every rule.
/// </summary>
public sealed class WrongProgramTests
{
    private const string LooksWrong = "Right";

    /// <summary>Warnings that explain a compiler error.</summary>
    private static readonly string[] s_hints = ["TAME035", "TAME036", "TAME037", "TAME038", "TAME039", "TAME055", "TAME056"];

    public static IEnumerable<TheoryDataRow<string>> Right => Case.Of(LooksWrong).Select(found => new TheoryDataRow<string>(found.Title));

    public static IEnumerable<TheoryDataRow<string, string>> All => from rule in Case.Rules() from found in Case.Of(rule) select new TheoryDataRow<string, string>(rule, found.Title);

    public static IEnumerable<TheoryDataRow<string, string>> WithMend =>
        from rule in Case.Rules() from found in Case.Of(rule) where found.Mended is not null select new TheoryDataRow<string, string>(rule, found.Title);

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_mistake_is_found_at_its_place_and_nothing_else(string rule, string title)
    {
        var marked = Marked.Parse(Find(rule, title).Wrong);
        Assert.NotEmpty(marked.Places);
        var compilation = Compilation(marked.Text);
        var reported = await OtherGenerator.Analyze(rule, compilation);
        var wanted = marked.Places.Select(place => $"{rule} {place} «{marked.Text.Substring(place.Start, place.Length)}»");
        if (!wanted.SequenceEqual(reported.Select(Where)))
            Assert.Fail(string.Join("\n", ["Wanted:", .. wanted, "Reported:", .. reported.Select(d => $"{Where(d)}: {d.GetMessage(null)}"), "The compiler:", .. Compiled.Problems(compilation).Select(d => d.ToString())]));
        foreach (var diagnostic in reported) TestContext.Current.TestOutputHelper?.WriteLine(diagnostic.GetMessage(null));
        var errors = Compiled.Problems(OtherGenerator.Output(rule, compilation)).ToList();
        if (s_hints.Contains(rule)) Assert.NotEmpty(errors);
        else if (reported.All(d => d.Severity != DiagnosticSeverity.Error)) Assert.Empty(errors);
    }

    [Theory]
    [MemberData(nameof(WithMend))]
    public async Task Mended_nothing_is_reported_of_it(string rule, string title)
    {
        var compilation = Compilation(Find(rule, title).Mended!);
        Assert.Empty(await OtherGenerator.Analyze(rule, compilation));
        Assert.Empty(Compiled.Problems(OtherGenerator.Output(rule, compilation)));
    }

    [Theory]
    [MemberData(nameof(Right))]
    public async Task Of_a_program_that_only_looks_wrong_nothing_is_reported(string title)
    {
        var compilation = Compilation(Find(LooksWrong, title).Wrong);
        Assert.Empty(await Compiled.Analyze(compilation));
        Assert.Empty(Compiled.Problems(Compiled.Generate(compilation).Output));
    }

    [Fact]
    public void Every_rule_has_at_least_four_wrong_programs() =>
        Assert.Empty(typeof(Generator.Rules).GetFields().Select(rule => rule.GetValue(null)).OfType<DiagnosticDescriptor>()
            .Where(rule => Generator.Rules.IsOfTamedAnalyzer(rule) && Case.Of(rule.Id).Count() < 4).Select(rule => rule.Id));

    private static Case Find(string rule, string title) => Assert.Single(Case.Of(rule), found => found.Title == title);

    private static Microsoft.CodeAnalysis.CSharp.CSharpCompilation Compilation(string program) => Compiled.Compilation(program, Repository.Read(Case.Folder + "World.cs"));

    private static string Where(Diagnostic diagnostic)
    {
        var (tree, span) = (diagnostic.Location.SourceTree, diagnostic.Location.SourceSpan);
        return tree?.FilePath == Compiled.PathOf(0) ? $"{diagnostic.Id} {span} «{tree.ToString().Substring(span.Start, span.Length)}»" : diagnostic.ToString();
    }
}
