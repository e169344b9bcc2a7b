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
    public void A_thousand_random_bodies_do_the_same_as_with_await()
    {
        string failures = new Campaign(Setting("TAME_SEED", 1), FeatureSets.Chosen).Run(Setting("TAME_PROGRAMS", 1000));
        Assert.True(failures.Length == 0, failures);
    }

    public static TheoryData<string> Found => [.. FoundPrograms.Names().Where(name => (FeaturesOf(name) & FeatureSets.Open) == 0)];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Found))]
    public async Task Found_programs_do_the_same_as_with_await_and_raise_no_false_alarm(string name)
    {
        string program = FoundPrograms.Read(name);
        var verdict = Batch.Compare(program);
        Assert.True(verdict.Outcome == Outcome.Same, verdict.ToString());
        Assert.Equal([], await FalseAlarms.Of([program]));
    }

    /// <summary>Where this fails, the fault of a feature is fixed: take the feature out of <see cref="FeatureSets.Open"/>.</summary>
    [Fact]
    public async Task A_feature_is_left_out_only_while_one_of_its_found_programs_shows_its_fault()
    {
        var open = FoundPrograms.Names().Where(name => (FeaturesOf(name) & FeatureSets.Open) != 0).Select(name => (Name: name, Program: FoundPrograms.Read(name))).ToList();
        var verdicts = Batch.Compare([.. open.Select(found => found.Program)]);
        var faulty = Features.None;
        for (int i = 0; i < open.Count; i++)
        {
            if (verdicts[i].Outcome != Outcome.Same || (await FalseAlarms.Of([open[i].Program])).Count != 0)
                faulty |= FoundPrograms.FeaturesOf(open[i].Program);
        }
        Assert.Equal(FeatureSets.Open, faulty & FeatureSets.Open);
    }

    private static Features FeaturesOf(string name) => FoundPrograms.FeaturesOf(FoundPrograms.Read(name));

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
