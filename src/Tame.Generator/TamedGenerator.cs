using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Analysis;
using Tame.Generator.Binding.Reuse;
using Tame.Generator.Emission;
using Tame.Generator.Lowering;
using Tame.Generator.Model;

namespace Tame.Generator;

/// <summary>
/// Supplies the implementation of each tamed method. It contains only wiring. It reports its own faults, one method at a time; the analyzer reports everything
/// else.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class TamedGenerator : IIncrementalGenerator
{
    private readonly Stages _stages;

    /// <summary>The constructor that the compiler calls.</summary>
    public TamedGenerator()
        : this(Stages.All)
    {
    }

    internal TamedGenerator(Stages stages) => _stages = stages;

    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var binder = new KeyedBinder(EventRules.FindNothing, _stages.Bind);
        var pairs = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => TamedSyntax.MayBeTamed(node),
                (found, cancellationToken) => binder.Bind((MethodDeclarationSyntax)found.Node, found.SemanticModel.Compilation, cancellationToken))
            .WithTrackingName(TrackingNames.Keyed);
        // Collected, because CombineNode of Roslyn 4.14 loses an item after one that was removed. A rejected method keeps its index, so that those after it
        // keep theirs.
        var emitted = pairs
            .Select(static (pair, _) => pair.Method)
            .WithTrackingName(TrackingNames.Bound)
            .Select((method, _) => method is null ? default : new Attempt<TamedMethod>(method, null).Then(Lowerer.Stage, method.HintName, _stages.Lower))
            .WithTrackingName(TrackingNames.Lowered)
            .Collect()
            .Combine(Nesting(context, pairs))
            .SelectMany(static (found, _) => WithNesting(found.Left, new HashSet<string>(found.Right)))
            .Select((found, _) => found.Machine.Then(Emitter.Stage, found.Machine.Value?.Method.HintName ?? "", machine => _stages.Emit(machine with { HasCheckpoint = found.MayNest })))
            .Where(static file => file.Value is not null || file.Fault is not null)
            .WithTrackingName(TrackingNames.Emitted);
        var refused = pairs
            .Select(static (pair, _) => pair.Refusal)
            .Where(static refusal => refusal is not null)
            .Select(static (refusal, _) => Emitter.Emit(refusal!));
        context.RegisterSourceOutput(emitted.Select(static (file, _) => file.Value).Where(static file => file is not null), static (output, file) => Add(output, file!));
        context.RegisterSourceOutput(refused, static (output, file) => Add(output, file));
        Report(context, pairs.Select(static (pair, _) => pair.Fault));
        Report(context, emitted.Select(static (file, _) => file.Fault));
    }

    /// <summary>
    /// The methods whose calls may nest without end. It runs again only if the calls of a body have changed, or the names that other code mentions.
    /// </summary>
    private static IncrementalValueProvider<EquatableArray<string>> Nesting(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Bound> pairs) => pairs
        .Select(static (pair, _) => pair.Method?.Calls)
        .Collect()
        .Combine(context.CompilationProvider.Select(static (compilation, _) => FileNames.Of(compilation)))
        .Select(static (found, _) => new CallGraph(found.Left.OfType<TamedCalls>(), found.Right).Nesting.ToEquatable())
        .WithTrackingName(TrackingNames.Nesting);

    private static IEnumerable<(Attempt<StateMachine> Machine, bool MayNest)> WithNesting(IEnumerable<Attempt<StateMachine>> machines, HashSet<string> nesting) =>
        machines.Select(machine => (machine, machine.Value is { } value && nesting.Contains(value.Method.HintName)));

    /// <summary>The compilation is searched only if there is a fault.</summary>
    private static void Report(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Fault?> faults) => context.RegisterSourceOutput(
        faults.Where(static fault => fault is not null).Combine(context.CompilationProvider),
        static (output, found) =>
        {
            var (report, file) = FaultReport.Of(found.Left!, found.Right, output.CancellationToken);
            output.ReportDiagnostic(report);
            if (file is not null) Add(output, file);
        });

    private static void Add(SourceProductionContext output, EmittedFile file) => output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
}
