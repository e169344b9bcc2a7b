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

/// <summary>Supplies the implementation of each tamed method; wiring only. It reports nothing: the analyzer does.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class TamedGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var binder = new KeyedBinder(EventRules.FindNothing);
        var pairs = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => TamedSyntax.MayBeTamed(node),
                (found, cancellation) => binder.Bind((MethodDeclarationSyntax)found.Node, found.SemanticModel.Compilation, cancellation))
            .WithTrackingName(TrackingNames.Keyed);
        var files = pairs
            .Select(static (pair, _) => pair.Method)
            .Where(static method => method is not null)
            .WithTrackingName(TrackingNames.Bound)
            .Select(static (method, _) => Lowerer.Lower(method!))
            .WithTrackingName(TrackingNames.Lowered)
            .Select(static (machine, _) => Emitter.Emit(machine))
            .WithTrackingName(TrackingNames.Emitted);
        var refused = pairs
            .Select(static (pair, _) => pair.Refusal)
            .Where(static refusal => refusal is not null)
            .Select(static (refusal, _) => Emitter.Emit(refusal!));
        context.RegisterSourceOutput(files, static (output, file) => Add(output, file));
        context.RegisterSourceOutput(refused, static (output, file) => Add(output, file));
    }

    private static void Add(SourceProductionContext output, EmittedFile file) => output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
}
