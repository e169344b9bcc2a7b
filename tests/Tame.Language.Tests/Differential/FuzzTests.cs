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
        var features = Enum.Parse<Features>(Environment.GetEnvironmentVariable("TAME_FEATURES") ?? nameof(Features.Supported));
        string failures = new Campaign(Setting("TAME_SEED", 1), features).Run(Setting("TAME_PROGRAMS", 1000));
        Assert.True(failures.Length == 0, failures);
    }

    public static TheoryData<string> Found => [.. FoundPrograms.Names()];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Found))]
    public void Found_programs_do_the_same_as_with_await(string name)
    {
        var verdict = Batch.Compare(FoundPrograms.Read(name));
        Assert.True(verdict.Outcome == Outcome.Same, verdict.ToString());
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
