namespace Tame.Language.Tests.Differential;

/// <summary>
/// Waits on a rendezvous with nothing outstanding, which the shrinker makes of others. Both sides tell by themselves whether only the body can make events on
/// the rendezvous: such a wait throws, another one blocks.
/// </summary>
public sealed class NothingToWaitForTests
{
    [Theory]
    [InlineData("var r = new Rendezvous<int>(); twait(r, out int i); t.Add(1, i);", "failed:InvalidOperationException")]
    [InlineData("var r = new Rendezvous<int>(); twait(r);", "failed:InvalidOperationException")]
    [InlineData("Rendezvous r = new(); asap(mkevent(r)); twait(r); twait(r);", "failed:InvalidOperationException")]
    [InlineData("var r = new Rendezvous<int>(); try { twait(r, out int i, error: out Exception? e); } catch (InvalidOperationException x) { t.Add(2, x); }", "2:InvalidOperationException done")]
    [InlineData("var r = new Rendezvous<int>(); if (r.Ready == 0) twait(e => t.Later(1 + r.Waiting, e)); twait(r);", "failed:InvalidOperationException")]
    [InlineData("var r = new Rendezvous<int>(); var other = r; twait(other);", "blocked")]
    [InlineData("var r = new Rendezvous<int>(); var other = r; twait(r);", "blocked")]
    [InlineData("var r = new Rendezvous<int>(); Action a = () => r.Cancel(); twait(r);", "blocked")]
    public void Both_sides_throw_where_only_the_body_could_make_events_and_block_elsewhere(string statements, string end)
    {
        var verdict = Batch.Compare(Program(statements));
        Assert.True(verdict.Outcome == Outcome.Same, verdict.ToString());
        Assert.EndsWith(end, verdict.Tamed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tamed_side_that_blocks_there_is_a_fault() => Assert.Equal(
        Outcome.Differs, Batch.Compare(Program("var r = new Rendezvous<int>(); twait(r);"), text => text.Replace("OwnJoinReady", "JoinReady", StringComparison.Ordinal)).Outcome);

    [Fact]
    public void A_tamed_side_that_throws_elsewhere_is_a_fault() => Assert.Equal(
        Outcome.Differs, Batch.Compare(Program("var r = new Rendezvous<int>(); var other = r; twait(r);"), text => text.Replace(".JoinReady", ".OwnJoinReady", StringComparison.Ordinal)).Outcome);

    private static string Program(string statements) => $$"""
        public partial class Program
        {
            [Tamed] public static partial void Main(World t, Event done);
            private static void MainBody(World t, Event done) { {{statements}} done.Trigger(); }
        }
        """;
}
