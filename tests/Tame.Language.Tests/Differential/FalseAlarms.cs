using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Tame.Generator;
using Tame.Generator.Analysis;

namespace Tame.Language.Tests.Differential;

/// <summary>What the analyzers say of programs, all of whose events are given to somebody and triggered.</summary>
internal static class FalseAlarms
{
    /// <summary>What random programs do with their slots and rendezvous is as wild as it looks.</summary>
    private static readonly string[] s_true = ["TAME050", "TAME051", "TAME052", "TAME063"];

    /// <summary>What the compiler says of a slot and its event, unless a suppressor knows better.</summary>
    private static readonly string[] s_slots = ["CS8619", "CS8620"];

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers = [new TamedAnalyzer(), new SlotNullabilitySuppressor()];

    /// <summary>Compares programs, and looks for false alarms in those that do the same as with await.</summary>
    public static IReadOnlyList<Verdict> Compare(IReadOnlyList<string> programs) => Judge(programs, Batch.Compare(programs));

    /// <summary>Looks for false alarms in the programs that do the same as with await.</summary>
    public static IReadOnlyList<Verdict> Judge(IReadOnlyList<string> programs, IReadOnlyList<Verdict> verdicts)
    {
        var alarms = Alarms(programs).ToLookup(alarm => Batch.ProgramOf(alarm.Location)!.Value);
        return [.. verdicts.Select((verdict, i) => verdict.Outcome == Outcome.Same && alarms[i].FirstOrDefault() is { } alarm ? new Verdict(Outcome.FalseAlarm, Batch.Say(alarm)) : verdict)];
    }

    /// <summary>The reports that are not true, in words.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> programs) => [.. Alarms(programs).Select(Batch.Say)];

    /// <summary>What the analyzers report of programs, and the compiler of their slots with nullable reference types on.</summary>
    public static IReadOnlyList<Diagnostic> Reported(IReadOnlyList<string> programs)
    {
        var compilation = Batch.Compilation(programs);
        var options = ((CSharpCompilationOptions)compilation.Options).WithNullableContextOptions(NullableContextOptions.Enable);
        var all = compilation.WithOptions(options).WithAnalyzers(s_analyzers).GetAllDiagnosticsAsync(TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return [.. all.Where(d => !d.IsSuppressed && Batch.ProgramOf(d.Location) is not null && (d.Id.StartsWith("TAME", StringComparison.Ordinal) || s_slots.Contains(d.Id))).OrderBy(d => d.Id, StringComparer.Ordinal)];
    }

    /// <summary>The reports that are not true.</summary>
    public static IEnumerable<Diagnostic> Among(IEnumerable<Diagnostic> reported) => reported.Where(d => !s_true.Contains(d.Id));

    private static IEnumerable<Diagnostic> Alarms(IReadOnlyList<string> programs) => Among(Reported(programs));
}
