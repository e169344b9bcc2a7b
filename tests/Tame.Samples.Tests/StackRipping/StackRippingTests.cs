using System.Diagnostics;
using StackRipping;

namespace Tame.Samples.Tests.StackRippingPrograms;

/// <summary>The listing of docs/why.md, ripped by hand and tamed.</summary>
public sealed class StackRippingTests
{
    public static TheoryData<string> Ways => ["ripped", "tamed"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_authority_is_read_once_and_then_comes_from_the_table(string way) =>
        Assert.Equal("authority 7, authority 7, authority 9; 2 reads", Runs.Ask(Way(way), [7, 7, 9]));

    [Fact]
    public void The_blocking_function_gives_the_same()
    {
        int reads = 0;
        var blocking = new Blocking(caId =>
        {
            reads++;
            return new CAInfo { Name = $"authority {caId}" };
        });
        Assert.Equal(["authority 7", "authority 7", "authority 9"], new[] { 7, 7, 9 }.Select(caId => blocking.GetCAInfo(caId).Name));
        Assert.Equal(2, reads);
    }

    /// <summary>The listing has no way for an error: the caller of the ripped code never hears of it.</summary>
    [Fact]
    public void A_read_that_fails_is_an_exception_in_tamed_code_and_lost_in_the_listing()
    {
        Assert.Contains("no sector -1", Assert.Throws<IOException>(() => Runs.Ask(Runs.Tamed, [-1])).Message, StringComparison.Ordinal);
        Assert.Throws<LostEventException>(() => Runs.Ask(Runs.Ripped, [-1]));
    }

    [Fact]
    public void The_program_prints_what_the_page_says()
    {
        var (exit, output, error) = Command.Run(typeof(Certificates));
        Assert.Equal((0, "ripped: authority 7, authority 7, authority 9; 2 reads\ntamed: authority 7, authority 7, authority 9; 2 reads\n", ""), (exit, output.ReplaceLineEndings("\n"), error));
    }

    private static Func<Disk, Action<int, Event<CAInfo>>> Way(string name) => name switch
    {
        "ripped" => Runs.Ripped,
        "tamed" => Runs.Tamed,
        _ => throw new UnreachableException(),
    };
}
