namespace Tame.Language.Tests.Differential;

/// <summary>Programs at whose await side the C# compiler throws.</summary>
public sealed class IncomparableTests
{
    /// <summary>Shrunk from program 325 of seed 1.</summary>
    private const string ThrowsInCompiler = """
        public partial class Program
        {
            [Tamed] public static partial void Main(World t, Event done);
            private static void MainBody(World t, Event done)
            {
                try
                {
                    int L(int y) { return y; }
                }
                catch (Exception x) when (t.Try(38, out int v))
                {
                    t.Keep(() => v += 2);
                }
                done.Trigger();
            }
        }
        """;

    private const string Good = """
        public partial class Program
        {
            [Tamed] public static partial void Main(World t, Event done);
            private static void MainBody(World t, Event done) { using (twait()) t.Later(1, mkevent()); t.Add(1); done.Trigger(); }
        }
        """;

    [Fact]
    public void A_program_that_the_compiler_throws_at_is_no_fault_and_leaves_the_others_alone()
    {
        var verdicts = Batch.Compare([Good, ThrowsInCompiler, Good]);
        Assert.Equal([Outcome.Same, Outcome.Incomparable, Outcome.Same], verdicts.Select(verdict => verdict.Outcome));
        Assert.StartsWith("InvalidOperationException: ", verdicts[1].Reason, StringComparison.Ordinal);
        Assert.False(verdicts[1].IsFault);
    }

    [Fact]
    public void What_only_the_tamed_side_makes_throw_is_a_fault()
    {
        var verdict = Batch.Compare(Good, _ => throw new InvalidOperationException("broken"));
        Assert.Equal(Outcome.Throws, verdict.Outcome);
        Assert.True(verdict.IsFault);
    }

    [Theory]
    [InlineData(1, 100, false)]
    [InlineData(2, 100, true)]
    [InlineData(10, 1000, false)]
    [InlineData(1, 99, true)]
    public void A_campaign_names_them_and_fails_only_where_they_are_more_than_one_in_a_hundred(int found, int programs, bool fails)
    {
        var verdict = new Verdict(Outcome.Incomparable, "InvalidOperationException: Unexpected value 'x'");
        var (text, areTooMany) = Campaign.TellIncomparable(programs, [(50, new Verdict(Outcome.Differs, "")), .. Enumerable.Range(0, found).Select(i => (7 + i, verdict))]);
        Assert.Equal(fails, areTooMany);
        Assert.StartsWith($"{found} of {programs} programs cannot be compared: Incomparable: InvalidOperationException: Unexpected value '…' (programs 7", text, StringComparison.Ordinal);
    }
}
