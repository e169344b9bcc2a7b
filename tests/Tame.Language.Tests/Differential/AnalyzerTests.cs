using Tame.Language.Tests.Differential.Writing;

namespace Tame.Language.Tests.Differential;

/// <summary>The analyzer over random programs: it falls over none, and says nothing of their events, all of which are given to somebody and triggered.</summary>
public sealed class AnalyzerTests
{
    private const int Programs = 100;
    private const int ProgramsOfEachFeature = 12;

    public static TheoryData<string> Supported => [.. Enum.GetValues<Features>().Where(feature => feature != Features.All && (feature & FeatureSets.Supported) != 0).Select(feature => feature.ToString())];

    [Fact]
    public void The_events_of_random_programs_raise_no_false_alarm()
    {
        string[] programs = Written(Programs, FeatureSets.Supported);
        var reported = FalseAlarms.Reported(programs);
        Assert.Equal([], FalseAlarms.Among(reported).Select(Batch.Say));
        string[] seen = ["TAME050", "TAME051", "TAME052"];
        Assert.Equal(seen, seen.Intersect(reported.Select(d => d.Id))); // The programs have so much, and the analyzers report it.
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void No_feature_alone_raises_a_false_alarm(string feature) =>
        Assert.Equal([], FalseAlarms.Of(Written(ProgramsOfEachFeature, FeatureSets.Parse(feature) | FeatureSets.Waits)));

    [Fact]
    public void A_program_that_forgets_its_event_is_told() => Assert.Equal(["TAME060"], FalseAlarms.Reported(["""
        public partial class Program
        {
            [Tamed] public static partial void Main(World t, Event done);
            private static void MainBody(World t, Event done)
            {
                if (t.Some()) done.Trigger();
            }
        }
        """]).Select(d => d.Id));

    private static string[] Written(int programs, Features features) => [.. Enumerable.Range(0, programs).Select(number => ProgramWriter.Write(number, seed: 1, features).ToString())];
}
