using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Incrementality;

/// <summary>Runs the generator on files, then again after an edit, and returns what each step of the pipeline did the second time.</summary>
internal sealed class Pipeline
{
    private readonly GeneratorRunResult _result;

    public Pipeline(GeneratorDriver driver) => _result = driver.GetRunResult().Results.Single();

    public static Pipeline Run(params string[] files) => Run(Compiled.Compilation(files));

    public static Pipeline Run(Compilation compilation) => new(Compiled.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken));

    /// <summary>Replaces one piece of text, which must occur exactly once in the files.</summary>
    public static Pipeline RunTwice(string[] files, string old, string @new)
    {
        var file = Assert.Single(Enumerable.Range(0, files.Length), i => files[i].Contains(old, StringComparison.Ordinal));
        Assert.Equal(files[file].IndexOf(old, StringComparison.Ordinal), files[file].LastIndexOf(old, StringComparison.Ordinal));
        var before = Compiled.Compilation(files);
        var tree = before.SyntaxTrees.Single(t => t.FilePath == Compiled.PathOf(file));
        var after = before.ReplaceSyntaxTree(tree, Compiled.Tree(files[file].Replace(old, @new, StringComparison.Ordinal), tree.FilePath));
        return RunTwice(before, after);
    }

    public static Pipeline RunTwice(Compilation before, Compilation after)
    {
        var driver = Compiled.Driver().RunGenerators(before, TestContext.Current.CancellationToken);
        return new Pipeline(driver.RunGenerators(after, TestContext.Current.CancellationToken));
    }

    /// <summary>The generated sources, in order of their file names.</summary>
    public IReadOnlyList<string> Sources()
    {
        Assert.Null(_result.Exception);
        return [.. _result.GeneratedSources.OrderBy(file => file.HintName, StringComparer.Ordinal).Select(file => $"{file.HintName}\n{file.SourceText}")];
    }

    /// <summary>The number of outputs that a step created or changed, as opposed to those that it left unchanged.</summary>
    public int Changed(string step) => Outputs(step).Count(output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified);

    public int Kept(string step) => Outputs(step).Count(output => output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged);

    public IEnumerable<object> Values(string step) => Outputs(step).Select(output => output.Value);

    private IEnumerable<(object Value, IncrementalStepRunReason Reason)> Outputs(string step) => _result.TrackedSteps[step].SelectMany(s => s.Outputs);
}
