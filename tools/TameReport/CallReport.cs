using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tame.Generator.Analysis;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;
using Tame.Generator.Binding.Reuse;
using Tame.Generator.Lowering;
using Tame.Generator.Model;

namespace Tame.Report;

/// <summary>A tamed method as the report shows it.</summary>
/// <param name="Calls">Its part of the graph of calls.</param>
/// <param name="Bytes">What a call keeps while it waits; zero where no call needs a closure.</param>
/// <param name="Waits">The lines of its waits.</param>
/// <param name="Cycle">The cycle that makes its calls nest; empty where they cannot.</param>
internal sealed record ReportedMethod(TamedCalls Calls, int Bytes, IReadOnlyList<int> Waits, IReadOnlyList<string?> Cycle)
{
    public bool HasCheckpoint => Cycle.Count > 0;
}

/// <summary>Reads the tamed methods of a compilation, by the generator's own steps.</summary>
internal static partial class CallReport
{
    /// <returns>The methods by name.</returns>
    public static IReadOnlyList<ReportedMethod> Of(CSharpCompilation compilation)
    {
        var bound = compilation.GetTypeByMetadataName(Binder.TamedAttribute) is { } tamed
            ? Types(compilation.Assembly.GlobalNamespace).SelectMany(type => Pairing.Declarations(type, tamed, default))
                .Select(found => Binder.Bind(found.Method, found.Syntax, found.Attribute, compilation, default))
                .Where(result => result.Method is { Calls: not null }).ToList()
            : [];
        var graph = new CallGraph(bound.Select(result => result.Method!.Calls!), FileNames.Of(compilation));
        return [.. bound.Select(result => Reported(result, graph)).OrderBy(method => method.Calls.DisplayName, StringComparer.Ordinal)];
    }

    private static ReportedMethod Reported(BindResult result, CallGraph graph)
    {
        var (method, calls) = (result.Method!, result.Method!.Calls!);
        var machine = Lowerer.Lower(method);
        return new ReportedMethod(
            calls,
            machine.HasClosure ? Bytes(result, machine) : 0,
            [.. Labels(machine.Operations ?? default).SelectMany(label => Line().Matches(label.Comment).Select(line => int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture)))],
            graph.MayNest(calls.Key) ? graph.CycleOf(calls.Key) : []);
    }

    /// <summary>As TAME080 counts them.</summary>
    private static int Bytes(BindResult result, StateMachine machine) => int.Parse(
        Keeps().Match(new KeptValues(result.Context!, [.. machine.Prologue?.Transient ?? default]).Describe(Location.None).GetMessage(CultureInfo.InvariantCulture)).Groups[1].Value,
        CultureInfo.InvariantCulture);

    private static IEnumerable<LabelOperation> Labels(IEnumerable<Operation> operations) => operations.SelectMany(operation => operation switch
    {
        LabelOperation { Comment.Length: > 0 } label => [label],
        TryOperation region => Labels(region.Body).Concat(Labels(region.Finally ?? default)),
        _ => [],
    });

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol around) => around.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));

    [GeneratedRegex(@"keeps (?:about )?(\d+) bytes")]
    private static partial Regex Keeps();

    [GeneratedRegex(@"line (\d+)")]
    private static partial Regex Line();
}
