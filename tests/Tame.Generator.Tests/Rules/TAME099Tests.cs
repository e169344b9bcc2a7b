using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tame.Generator.Binding;
using Tame.Generator.Emission;
using Tame.Generator.Lowering;
using Tame.Generator.Tests.Harness;
using Tame.Generator.Tests.Incrementality;

namespace Tame.Generator.Tests.Rules;

/// <summary>
/// A fault of the generator affects only the method in which it happens: the generator reports it there, and the rest of the project is built.
/// </summary>
public sealed class TAME099Tests
{
    /// <summary>Enough methods that all are bound ahead.</summary>
    private const int Many = 12;

    [Theory]
    [InlineData(Binder.Stage)]
    [InlineData(Lowerer.Stage)]
    [InlineData(Emitter.Stage)]
    public void A_fault_in_one_method_is_reported_at_its_name_and_leaves_the_others_alone(string stage)
    {
        var (reported, files, output) = Faulty.Run(Faulty.Generator(stage), Compiled.Compilation(Code("First", "Broken", "Last")));
        var fault = Assert.Single(reported);
        Assert.Equal(("TAME099", DiagnosticSeverity.Error, "Broken"), (fault.Id, fault.Severity, TextAt(fault)));
        Assert.StartsWith($"Tame failed in {stage} of 'Broken' (InvalidCastException: Nobody expects this; in ", fault.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("Faulty.", fault.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(["Broken", "First", "Last"], files.Select(file => file.HintName.Split('.', '-')[1]));
        var stop = Assert.Single(Compiled.Problems(output));
        Assert.Equal("CS0619", stop.Id);
        Assert.Equal(fault.Location.GetLineSpan().Span, stop.Location.GetMappedLineSpan().Span);
    }

    [Fact]
    public void A_fault_is_isolated_where_all_methods_are_bound_ahead()
    {
        var names = Enumerable.Range(0, Many).Select(i => i % 3 == 1 ? $"Broken{i}" : $"Whole{i}").ToArray();
        var (reported, files, output) = Faulty.Run(Faulty.Generator(Binder.Stage), Compiled.Compilation(Code(names)));
        Assert.Equal(names.Where(name => name.StartsWith("Broken", StringComparison.Ordinal)).Order(), reported.Select(TextAt).Order());
        Assert.Equal(Many, files.Length);
        Assert.Equal(reported.Length, Compiled.Problems(output).Count());
    }

    [Fact]
    public async Task The_analyzer_adds_nothing_where_the_generator_failed()
    {
        var (_, _, output) = Faulty.Run(Faulty.Generator(Binder.Stage), Compiled.Compilation(Code("First", "Broken")));
        Assert.Empty(await Faulty.Analyze(output, Faulty.Bind));
    }

    [Fact]
    public async Task A_fault_of_the_analyzer_alone_is_the_compilers_to_show()
    {
        var (reported, _, output) = Faulty.Run(new TamedGenerator(), Compiled.Compilation(Code("First", "Broken")));
        Assert.Empty(reported);
        Assert.Equal(["AD0001"], (await Faulty.Analyze(output, Faulty.Bind)).Select(d => d.Id));
    }

    [Theory]
    [InlineData(Binder.Stage)]
    [InlineData(Lowerer.Stage)]
    [InlineData(Emitter.Stage)]
    public void Cancellation_is_no_fault(string stage)
    {
        using var source = new CancellationTokenSource();
        var stages = Stages.All;
        stages = stage switch
        {
            Binder.Stage => stages with { Bind = (_, _, _, _, token) => throw Cancelled(source) },
            Lowerer.Stage => stages with { Lower = _ => throw Cancelled(source) },
            _ => stages with { Emit = _ => throw Cancelled(source) },
        };
        Assert.ThrowsAny<OperationCanceledException>(() => Compiled.Driver(new TamedGenerator(stages)).RunGenerators(Compiled.Compilation(Code("First")), source.Token));
    }

    [Fact]
    public void A_fault_in_what_a_refusal_needs_is_reported_all_the_same()
    {
        // A method that is implemented twice has no refusal.
        var compilation = Compiled.Compilation("""
            public static partial class Sample
            {
                [Tamed] public static partial void Broken(Event done);
                public static partial void Broken(Event done) { }
                private static void BrokenBody(Event done) => done.Trigger();
            }
            """);
        var (reported, files, _) = Faulty.Run(Faulty.Generator(Binder.Stage), compilation);
        Assert.Equal("Broken", TextAt(Assert.Single(reported)));
        Assert.Empty(files);
    }

    [Theory]
    [InlineData(Binder.Stage)]
    [InlineData(Lowerer.Stage)]
    [InlineData(Emitter.Stage)]
    public void Typing_above_moves_the_report_and_runs_no_stage_again(string stage)
    {
        var before = Compiled.Compilation(Code("First", "Broken"));
        var tree = before.SyntaxTrees.Single(tree => tree.FilePath == Compiled.PathOf(0));
        var after = before.ReplaceSyntaxTree(tree, Compiled.Tree(tree.ToString().Replace("=> 10", "=> 1000", StringComparison.Ordinal), tree.FilePath));
        var driver = Compiled.Driver(Faulty.Generator(stage)).RunGenerators(before, TestContext.Current.CancellationToken);
        var pipeline = new Pipeline(driver = driver.RunGenerators(after, TestContext.Current.CancellationToken));
        Assert.Equal((0, 0, 0), (pipeline.Changed(TrackingNames.Keyed), pipeline.Changed(TrackingNames.Lowered), pipeline.Changed(TrackingNames.Emitted)));
        Assert.Equal("Broken", TextAt(Assert.Single(driver.GetRunResult().Diagnostics)));
    }

    [Fact]
    public void The_fault_goes_when_the_method_is_changed_so_that_it_does_not_happen()
    {
        var before = Compiled.Compilation(Code("First", "Broken"));
        var tree = before.SyntaxTrees.Single(tree => tree.FilePath == Compiled.PathOf(0));
        var after = before.ReplaceSyntaxTree(tree, Compiled.Tree(tree.ToString().Replace("Broken", "Fixed", StringComparison.Ordinal), tree.FilePath));
        var driver = Compiled.Driver(Faulty.Generator(Lowerer.Stage)).RunGenerators(before, TestContext.Current.CancellationToken);
        Assert.Single(driver.GetRunResult().Diagnostics);
        driver = driver.RunGeneratorsAndUpdateCompilation(after, out var output, out var reported, TestContext.Current.CancellationToken);
        Assert.Empty(reported);
        Assert.Empty(Compiled.Problems(output));
    }

    [Fact]
    public async Task A_generator_without_a_fault_reports_nothing()
    {
        var compilation = Compiled.Compilation(Code("First", "Last"));
        var (reported, _, output) = Faulty.Run(new TamedGenerator(), compilation);
        Assert.Empty(reported);
        Assert.Empty(Compiled.Problems(output));
        Assert.Empty(await Compiled.Analyze(compilation));
    }

    private static OperationCanceledException Cancelled(CancellationTokenSource source)
    {
        source.Cancel();
        return new OperationCanceledException(source.Token);
    }

    private static string TextAt(Diagnostic diagnostic) => diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);

    private static string Code(params string[] names) => $$"""
        public static partial class Sample
        {
            private static int Plain() => 10;
        {{string.Concat(names.Select(name => $$"""

            [Tamed] public static partial void {{name}}(Event done);

            private static void {{name}}Body(Event done)
            {
                using (twait()) asap(mkevent());
                done.Trigger();
            }

        """))}}
        }
        """;
}
