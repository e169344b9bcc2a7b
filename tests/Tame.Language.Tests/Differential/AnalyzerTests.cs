using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Tame.Generator;
using Tame.Generator.Analysis;
using Tame.Language.Tests.Differential.Writing;

namespace Tame.Language.Tests.Differential;

/// <summary>The analyzer over random programs: it falls over none, and says nothing of their events, all of which are given to somebody and triggered.</summary>
public sealed class AnalyzerTests
{
    private const int Programs = 100;

    /// <summary>What random programs do with their slots is as wild as it looks.</summary>
    private static readonly string[] s_true = ["TAME050", "TAME051", "TAME052", "TAME063"];

    [Fact]
    public async Task The_events_of_random_programs_raise_no_false_alarm()
    {
        var programs = Enumerable.Range(0, Programs).Select(number => ProgramWriter.Write(number, seed: 1, Features.Supported).ToString());
        var reported = await Reported([.. programs]);
        Assert.DoesNotContain(reported, d => !s_true.Contains(d.Id));
        Assert.Equal(s_true[..3], s_true[..3].Intersect(reported.Select(d => d.Id))); // so much is in them, and seen
    }

    [Fact]
    public async Task A_program_that_forgets_its_event_is_told() => Assert.Equal(["TAME060"], (await Reported("""
        public partial class Program
        {
            [Tamed] public static partial void Main(World t, Event done);
            private static void MainBody(World t, Event done)
            {
                if (t.Some()) done.Trigger();
            }
        }
        """)).Select(d => d.Id));

    private static async Task<IReadOnlyList<Diagnostic>> Reported(params string[] programs) =>
        [.. (await Batch.Compilation(programs).WithAnalyzers([new TamedAnalyzer()]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken)).OrderBy(d => d.Id, StringComparer.Ordinal)];
}
