namespace Tame.Language.Tests.Differential;

/// <summary>Every kind of statement, with the wait in every place, left in every way: all combinations that C# permits do the same as with await.</summary>
public sealed class MatrixTests
{
    private const int BatchSize = 50;

    /// <summary>The statement around <c>S</c>. Most run it twice.</summary>
    private static readonly (string Kind, string Text)[] s_kinds =
    [
        ("block", "{ S }"),
        ("if", "if (i >= 0) { S }"),
        ("else", "if (i < 0) { t.Add(20); } else { S }"),
        ("while", "int n = 0; while (n++ < 2) { S }"),
        ("do", "int n = 0; do { S } while (n++ < 1);"),
        ("for", "for (int k = 0, m = 2; k < m; k++, t.Add(21, k)) { S }"),
        ("foreach array", "foreach (var k in new[] { 1, 2 }) { t.Add(21, k); S }"),
        ("foreach grid", "foreach (var k in new[,] { { 1 }, { 2 } }) { t.Add(21, k); S }"),
        ("foreach string", "foreach (char k in \"ab\") { t.Add(21, k); S }"),
        ("foreach list", "foreach (long k in new List<int> { 1, 2 }) { t.Add(21, k); S }"),
        ("foreach interface", "foreach (var k in (IEnumerable<int>)new[] { 1, 2 }) { t.Add(21, k); S }"),
        ("foreach object", "foreach (int k in (System.Collections.IEnumerable)new[] { 1, 2 }) { t.Add(21, k); S }"),
        ("foreach tuple", "foreach (var (k, m) in new[] { (1, 2), (3, 4) }) { t.Add(21, k + m); S }"),
        ("switch", "switch (i) { case 7: t.Add(20); break; case int k when k >= 0: t.Add(21, k); S break; }"),
        ("using", "using (var h = new Resource(t, 22)) { S }"),
        ("using declaration", "{ using var h = new Resource(t, 22); S }"),
        ("try", "try { S } finally { t.Add(23); }"),
        ("try that catches", "try { S } catch (ProgramException x) when (t.Get(23, x.Message.Length > 99)) { t.Add(24); }"),
        ("catch", "try { t.Throw(25); } catch (ProgramException x) { t.Add(24, x); S }"),
        ("catch with filter", "try { t.Throw(25); } catch (ProgramException) when (t.Get(23, false)) { t.Add(24); } catch (ProgramException x) when (t.Get(26, true)) { t.Add(24, x); S } finally { t.Add(27); }"),
        ("finally", "try { t.Add(23); } finally { S }"),
        ("finally on an exception", "try { t.Throw(25); } finally { S }"),
        ("waiting finally", "try { S } finally { using (twait()) t.Later(28, mkevent()); t.Add(27); }"),
        ("checked", "try { checked { S t.Add(32, t.Big() * 4); } } catch (OverflowException) { t.Add(33); }"),
        ("unchecked", "checked { unchecked { S t.Add(32, t.Big() * 4); } }"),
        ("labelled", "here: { t.Add(20); S }"),
        ("twait", "using (twait()) { t.Later(29, mkevent()); S }"),
        ("twait that tells", "using (twait()) { t.Tell(29, mkevent()); S }"),
    ];

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

    [Fact]
    public void Every_kind_of_statement_with_every_place_of_the_wait_and_every_way_out_does_the_same_as_with_await()
    {
        var all = (from kind in s_kinds from place in s_places from way in s_ways select (Kind: kind, Place: place, Way: way)).ToList();
        var permitted = all.Where(c => IsPermitted(c.Kind.Kind, c.Way.Way)).ToList();
        var failures = new List<string>();
        var gate = new Lock();
        Parallel.ForEach(permitted.Chunk(BatchSize), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, batch =>
        {
            string[] programs = [.. batch.Select(c => Program(c.Kind.Text, c.Place, c.Way.Text))];
            var verdicts = Batch.Compare(programs);
            for (int i = 0; i < programs.Length; i++)
            {
                if (verdicts[i].Outcome == Outcome.Same)
                    continue;
                lock (gate)
                    failures.Add($"{batch[i].Kind.Kind}, wait {batch[i].Place.Place}, {batch[i].Way.Way}: {verdicts[i]}\n{programs[i]}");
            }
        });
        Assert.True(failures.Count == 0, $"{failures.Count} of {permitted.Count} differ\n{string.Join("\n", failures.Take(5))}");
        Assert.Equal(s_kinds.Length * s_places.Length * s_ways.Length, all.Count);
        Assert.Equal(24 * s_places.Length, all.Count - permitted.Count);
    }

    [Fact]
    public void A_cell_of_the_matrix_notices_broken_code()
    {
        string program = Program("try { S } finally { t.Add(23); }", s_places[1], "if (i == 0) continue;");
        Assert.Equal(Outcome.Same, Batch.Compare(program).Outcome);
        Assert.Equal(Outcome.Differs, Batch.Compare(program, text => text.Replace("if (!__c.IsSuspended)", "", StringComparison.Ordinal)).Outcome);
    }

    /// <summary>A finally block cannot be left by a jump, and neither can a twait block.</summary>
    private static bool IsPermitted(string kind, string way) =>
        kind is not ("finally" or "finally on an exception" or "twait" or "twait that tells") || way is not ("break" or "continue" or "return" or "goto forward" or "goto backward" or "continue and goto");

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
