using Microsoft.CodeAnalysis;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests;

/// <summary>
/// Each golden is a pair: a user's code and the generated code for it. With <c>TAME_ACCEPT=1</c> in the environment the outputs are rewritten in place. Review
/// the diff.
/// </summary>
public sealed class GoldenTests
{
    private static readonly bool s_accept = Environment.GetEnvironmentVariable("TAME_ACCEPT") == "1";

    public static IEnumerable<TheoryDataRow<string>> Inputs() =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests/Tame.Generator.Tests/Goldens"), "*.cs", SearchOption.AllDirectories)
        where !file.EndsWith(".g.cs", StringComparison.Ordinal)
        orderby file
        select new TheoryDataRow<string>(Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'));

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task The_output_is_the_golden_one_and_compiles(string input)
    {
        var compilation = Compiled.Compilation(Repository.Read(input));
        var (files, output) = Compiled.Generate(compilation);

        var reported = await Compiled.Analyze(compilation);
        Assert.DoesNotContain(reported, d => d.Severity == DiagnosticSeverity.Error);
        var text = string.Join("\n", files.Select(f => $"// ---- {f.HintName}\n{f.SourceText}"));
        var golden = Path.Combine(Repository.Root, Path.ChangeExtension(input, ".g.cs"));
        if (s_accept) await File.WriteAllTextAsync(golden, text, TestContext.Current.CancellationToken);
        Assert.Empty(Compiled.Problems(output));
        Assert.NotEmpty(files);
        Assert.True(File.Exists(golden), $"{golden} is missing: run the tests with TAME_ACCEPT=1 and read what it writes.");
        Assert.Equal(await File.ReadAllTextAsync(golden, TestContext.Current.CancellationToken), text);
    }
}
