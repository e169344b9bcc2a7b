using Microsoft.CodeAnalysis;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests;

/// <summary>
/// If the compiler finds errors, only those are reported: no TAME diagnostics, no errors in generated code, none about a missing implementation.
/// </summary>
public sealed class BrokenCodeTests
{
    [Theory]
    [InlineData("int x = \"\";", "CS0029")]
    [InlineData("using (twait()) Get(mkevent(out int slot), 3);", "CS1501")]
    [InlineData("int y = ;", "CS1525")]
    [InlineData("int unassigned; using (twait()) asap(mkevent()); Use(unassigned);", "CS0165")]
    [InlineData("Unknown.Call();", "CS0103")]
    [InlineData("using (twait()) { var x = mkevent(out undeclared); }", "CS0103")]
    [InlineData("goto nowhere;", "CS0159")]
    [InlineData("twait(3);", "CS1503")]
    [InlineData("await Task.Yield();", "CS4033")]
    [InlineData("foreach (var i in numbers) using (twait()) Get(mkevent(out i));", "CS1657")]
    public async Task An_error_of_the_compilers_in_a_body_stands_alone(string statement, params string[] expected)
    {
        var compilation = Compiled.Compilation(Stage.Set(statement));
        var (files, output) = Compiled.Generate(compilation);
        Assert.Equal(expected, Compiled.Problems(output).Select(d => d.Id));
        Assert.All(Compiled.Problems(output), d => Assert.Equal(Compiled.PathOf(0), d.Location.SourceTree!.FilePath));
        Assert.Contains("throw ", Assert.Single(files).SourceText.ToString());
        Assert.Empty(await Compiled.Analyze(compilation));
    }

    [Fact]
    public async Task A_declaration_whose_types_are_unknown_is_not_implemented()
    {
        var compilation = Compiled.Compilation(Stage.Set("[Tamed] public partial void Run(Unknown x);\nprivate void RunBody(Unknown x) { }"));
        Assert.Equal(["CS0246", "CS0246", "CS8795"], Compiled.Problems(Compiled.Generate(compilation).Output).Select(d => d.Id).Order());
        Assert.Empty(await Compiled.Analyze(compilation));
    }

    [Theory]
    [InlineData("[Tamed] public partial void Run(Event done);\n[Tamed] public partial void Run(Event done);\nprivate void RunBody(Event done) => done.Trigger();", "CS0756", "CS0111")]
    [InlineData("[Tamed, Tamed] public partial void Run(Event done);\nprivate void RunBody(Event done) => done.Trigger();", "CS0579")]
    [InlineData("[Tamed] public partial void Run(Event done);\nprivate void RunBody(Event done) => done.Trigger();\nprivate void RunBody(Event done) => done.Trigger();", "CS0111")]
    [InlineData("private int _n;\n[Tamed] public int N { get => 1; }", "CS0592", "CS8795")]
    public async Task A_declaration_written_twice_or_in_the_wrong_place_is_the_compilers_to_report(string members, params string[] expected)
    {
        var compilation = Compiled.Compilation(Stage.Set(members));
        Assert.Subset(expected.ToHashSet(), Compiled.Problems(Compiled.Generate(compilation).Output).Select(d => d.Id).ToHashSet());
        Assert.Contains(expected[0], Compiled.Problems(compilation).Select(d => d.Id));
        Assert.Empty(await Compiled.Analyze(compilation));
    }

    [Fact]
    public async Task A_type_that_is_not_partial_is_the_compilers_to_report()
    {
        var compilation = Compiled.Compilation("public class Sample { [Tamed] public partial void Run(Event done); private void RunBody(Event done) => done.Trigger(); }");
        Assert.Equal(["CS0260"], Compiled.Problems(Compiled.Generate(compilation).Output).Select(d => d.Id).Distinct().Order());
        Assert.Empty(await Compiled.Analyze(compilation));
    }

    [Fact]
    public async Task An_error_of_ours_in_one_method_leaves_the_others_alone()
    {
        var compilation = Compiled.Compilation("""
            public static partial class Sample
            {
                [Tamed] public static partial void Wrong(Event done);
                [Tamed] public static partial void Right(Event done);
                private static void WrongBody(Event done) => asap(mkevent());
                private static void RightBody(Event done) => Wrong(done);
            }
            """);
        var (files, output) = Compiled.Generate(compilation);
        Assert.Equal("TAME024", Assert.Single(await Compiled.Analyze(compilation)).Id);
        Assert.Contains("Right", Assert.Single(files).HintName);
        Assert.Equal("CS0619", Assert.Single(Compiled.Problems(output)).Id);
    }

    [Theory]
    [MemberData(nameof(GoldenTests.Inputs), MemberType = typeof(GoldenTests))]
    public async Task Nothing_is_reported_of_right_code(string input) => Assert.Empty(await Compiled.Analyze(Compiled.Compilation(Repository.Read(input))));
}
