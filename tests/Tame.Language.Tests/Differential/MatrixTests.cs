using Tame.Language.Tests.Differential.Writing;

namespace Tame.Language.Tests.Differential;

/// <summary>Every kind of statement, with the wait in every place, left in every way: all combinations that C# permits do the same as with await.</summary>
public sealed class MatrixTests
{
    private const int BatchSize = 50;

    private static readonly (string Place, string Before, string Start, string Nested, string End, string After)[] s_places =
    [
        ("before", Wait(1), "", "", "", ""),
        ("at the start", "", Wait(2), "", "", ""),
        ("at the end", "", "", "", Wait(3), ""),
        ("nested", "", "", $"if (i < 9) {{ {Wait(4)} }}", "", ""),
        ("after", "", "", "", "", Wait(5)),
        ("at the start and after", "", Wait(2), "", "", Wait(5)),
        ("a join at the start", "", Join(6), "", "", ""),
    ];

    private static readonly (string Way, string Text)[] s_ways =
    [
        ("end", ""),
        ("break", "if (i == 0) break;"),
        ("continue", "if (i == 0) continue;"),
        ("return", "if (i == 1) { done.Trigger(); return; }"),
        ("goto forward", "if (i == 1) goto there;"),
        ("goto backward", "if (round++ == 0) goto again;"),
        ("continue and goto", "if (i == 0) continue; if (i == 1) goto there;"),
        ("throw", "if (i == 0) t.Throw(30);"),
        ("throw caught inside", "try { if (i == 0) t.Throw(30); } catch (ProgramException c) { t.Add(31, c); }"),
    ];

    /// <summary>A jump, its opposite, and an exception: what the kinds of features are left by.</summary>
    private static readonly string[] s_fewWays = ["end", "goto backward", "continue and goto", "throw"];

    private sealed record Cell(string Name, Features Feature, string Program);

    [Fact]
    public void Every_kind_of_statement_with_every_place_of_the_wait_and_every_way_out_does_the_same_as_with_await()
    {
        List<Cell> cells = [.. from kind in MatrixKinds.Statements from place in s_places from way in s_ways where MatrixKinds.IsPermitted(kind.Kind, way.Way) select Cross(kind.Kind, Features.None, kind.Text, place, way)];
        AssertSame(cells);
        Assert.Equal(((MatrixKinds.Statements.Length * s_ways.Length) - 24) * s_places.Length, cells.Count);
    }

    [Fact]
    public void Every_feature_with_every_place_of_the_wait_and_a_few_ways_out_does_the_same_as_with_await()
    {
        List<Cell> cells = [.. from kind in MatrixKinds.OfFeatures from place in s_places from way in s_ways where s_fewWays.Contains(way.Way) && MatrixKinds.IsPermitted(kind.Kind, way.Way) select Cross(kind.Kind, kind.Feature, kind.Text, place, way)];
        AssertSame(cells);
        Assert.Equal(((MatrixKinds.OfFeatures.Length * s_fewWays.Length) - 1) * s_places.Length, cells.Count);
    }

    /// <summary>All do the same, but for those of an open feature, which only have to be programs.</summary>
    private static void AssertSame(List<Cell> cells)
    {
        var failures = new List<string>();
        var gate = new Lock();
        Parallel.ForEach(cells.Chunk(BatchSize), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, batch =>
        {
            var verdicts = Batch.Compare([.. batch.Select(cell => cell.Program)]);
            for (int i = 0; i < batch.Length; i++)
            {
                bool isOpen = (batch[i].Feature & FeatureSets.Open) != 0;
                if (verdicts[i].Outcome == Outcome.Same || (isOpen && verdicts[i].Outcome != Outcome.Invalid))
                    continue;
                lock (gate)
                    failures.Add($"{batch[i].Name}: {verdicts[i]}\n{batch[i].Program}");
            }
        });
        Assert.True(failures.Count == 0, $"{failures.Count} of {cells.Count} differ\n{string.Join("\n", failures.Select(failure => failure.Split('\n')[0]))}\n{string.Join("\n", failures.Take(5))}");
    }

    private static Cell Cross(string kind, Features feature, string text, (string Place, string Before, string Start, string Nested, string End, string After) place, (string Way, string Text) way) =>
        new($"{kind}, wait {place.Place}, {way.Way}", feature, Program(text, place, way.Text));

    [Fact]
    public void A_cell_of_the_matrix_notices_broken_code()
    {
        string program = Program("try { S } finally { t.Add(23); }", s_places[1], "if (i == 0) continue;");
        Assert.Equal(Outcome.Same, Batch.Compare(program).Outcome);
        Assert.Equal(Outcome.Differs, Batch.Compare(program, text => text.Replace("if (!__c.IsSuspended)", "", StringComparison.Ordinal)).Outcome);
    }

    /// <summary>The program of a feature's cell, with a wait at the start of the statement, which is left at its end.</summary>
    internal static string ProgramOf(string kind) => Program(MatrixKinds.OfFeatures.Single(each => each.Kind == kind).Text, s_places[1], s_ways[0].Text);

    private static string Wait(int number) => $"using (twait()) t.Later({number}, mkevent());";

    private static string Join(int number) =>
        $"{{ var r = new Rendezvous<int>(); t.Later({number}, mkevent(r, 40)); twait(r, out int id); t.Add({number}, id); }}";

    private static string Program(string kind, (string Place, string Before, string Start, string Nested, string End, string After) place, string way)
    {
        string inner = $"{place.Start} t.Add(10, i); {place.Nested} {way} {place.End} t.Add(11, i);";
        string statement = kind.Replace("S ", inner + " ", StringComparison.Ordinal);
        return $$"""
            public partial class Program
            {
                private static int F = 7;
                private static readonly int[] A = [1, 2, 3];
                [Tamed] public static partial void Main(World t, Event done);
                private static void MainBody(World t, Event done)
                {
                    int round = 0;
                    t.Add(1, round);
                again:
                    for (int i = 0; i < 2; i++)
                    {
                        try
                        {
                            try
                            {
                                {{place.Before}}
                                {{statement}}
                                {{place.After}}
                                t.Add(12, i);
                            }
                            finally
                            {
                                t.Add(13);
                            }
                        }
                        catch (ProgramException e)
                        {
                            t.Add(14, e);
                            if (round > 5) goto again;
                        }
                    }
                    if (round > 5) goto there;
                    t.Add(15);
                there:
                    t.Add(16);
                    done.Trigger();
                }
            }
            """;
    }
}
