using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Tame.Generator;

namespace Tame.Language.Tests.Differential;

/// <summary>What the analyzers say of programs, all of whose events are given to somebody and triggered.</summary>
internal static class FalseAlarms
{
    /// <summary>What random programs do with their slots and rendezvous is as wild as it looks.</summary>
    private static readonly string[] s_true = ["TAME050", "TAME051", "TAME052", "TAME063"];

    /// <summary>What the compiler says of a slot and its event, unless a suppressor knows better.</summary>
    private static readonly string[] s_slots = ["CS8619", "CS8620"];

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers = [new TamedAnalyzer(), new SlotNullabilitySuppressor()];

    /// <summary>The reports that are not true, in words.</summary>
    public static async Task<IReadOnlyList<string>> Of(IReadOnlyList<string> programs) =>
        [.. (await Reported(programs)).Where(d => !s_true.Contains(d.Id)).Select(d => $"{d.Id}: {d.GetMessage(CultureInfo.InvariantCulture)} in: {d.Location.SourceTree!.GetText().Lines[d.Location.GetLineSpan().StartLinePosition.Line]}")];

    /// <summary>All that the analyzers report of tamed bodies, and the compiler of their slots with nullable reference types on.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> Reported(IReadOnlyList<string> programs)
    {
        var compilation = Batch.Compilation(programs);
        var options = ((CSharpCompilationOptions)compilation.Options).WithNullableContextOptions(NullableContextOptions.Enable);
        var all = await compilation.WithOptions(options).WithAnalyzers(s_analyzers).GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. all.Where(d => !d.IsSuppressed && (d.Id.StartsWith("TAME", StringComparison.Ordinal) || (s_slots.Contains(d.Id) && Batch.IsTamed(d.Location)))).OrderBy(d => d.Id, StringComparer.Ordinal)];
    }
}
