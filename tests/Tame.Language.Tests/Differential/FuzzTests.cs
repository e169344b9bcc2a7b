using System.Globalization;
using Tame.Language.Tests.Differential.Writing;

namespace Tame.Language.Tests.Differential;

/// <summary>
/// Random bodies do the same as their async twins. The script <c>fuzz</c> in this project runs as many as you like; a failure prints the
/// smallest program found, and writes it down as one more test.
/// </summary>
public sealed class FuzzTests
{
    [Fact]
    public void Random_bodies_do_the_same_as_with_await()
    {
        Run.IsScarce.Value = Setting("TAME_TEST_SCARCE", 0) == 1;
        var campaign = new Campaign(Setting("TAME_SEED", 1), FeatureSets.Chosen);
        string failures = campaign.Run(Setting("TAME_PROGRAMS", 500));
        TestContext.Current.TestOutputHelper?.Write(campaign.Incomparable);
        Assert.True(failures.Length == 0, failures);
    }

    /// <summary>
    /// As where the stack is always short: each call starts from the ready queue. TAME_TEST_DEFER_CALLS=1 does the same to all programs of the test above.
    /// </summary>
    [Fact]
    public void Random_bodies_whose_calls_all_start_later_do_the_same_as_with_await_that_yields_first()
    {
        Run.StartsLater.Value = true;
        string failures = new Campaign(Setting("TAME_SEED", 1), FeatureSets.Chosen).Run(Setting("TAME_LATER_PROGRAMS", 200));
        Assert.True(failures.Length == 0, failures);
    }

    /// <summary>TAME_TEST_SCARCE=1 does the same to all programs of the first test.</summary>
    [Fact]
    public void Random_bodies_under_the_resource_aware_policy_do_the_same_as_with_await()
    {
        Run.IsScarce.Value = true;
        string failures = new Campaign(Setting("TAME_SEED", 1), FeatureSets.Chosen).Run(Setting("TAME_SCARCE_PROGRAMS", 150));
        Assert.True(failures.Length == 0, failures);
    }

    public static TheoryData<string> Found => [.. FoundPrograms.Names().Where(name => (FeaturesOf(name) & FeatureSets.Open) == 0)];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Found))]
    public void Found_programs_do_the_same_as_with_await(string name)
    {
        var verdict = Compared([name])[0];
        Assert.True(verdict.Outcome == Outcome.Same, verdict.ToString());
    }

    /// <summary>Where this fails, the fault of a feature is fixed: take the feature out of <see cref="FeatureSets.Open"/>.</summary>
    [Fact]
    public void A_feature_is_left_out_only_while_one_of_its_found_programs_shows_its_fault()
    {
        string[] open = [.. FoundPrograms.Names().Where(name => (FeaturesOf(name) & FeatureSets.Open) != 0)];
        var verdicts = Compared(open);
        var faulty = open.Where((_, i) => verdicts[i].Outcome != Outcome.Same).Aggregate(Features.None, (all, name) => all | FeaturesOf(name));
        Assert.Equal(FeatureSets.Open, faulty & FeatureSets.Open);
    }

    /// <summary>A program that was found by a false alarm must raise none. Others, shrunk, may well forget their events.</summary>
    private static List<Verdict> Compared(string[] names) => [.. names.Select(FoundPrograms.Read)
        .Select(program => program.Split('\n')[0].Contains(nameof(Outcome.FalseAlarm), StringComparison.Ordinal) ? FalseAlarms.Compare([program])[0] : Batch.Compare(program))];

    private static Features FeaturesOf(string name) => FoundPrograms.FeaturesOf(FoundPrograms.Read(name));

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
