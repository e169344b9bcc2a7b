using System.Globalization;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests;

/// <summary>While a user types, code is broken most of the time: neither generator nor analyzer may throw on incomplete code.</summary>
public sealed class HalfTypedTests
{
    private const int Step = 37;

    /// <summary>TAME_CUTS sets a higher number.</summary>
    private static readonly int s_mostCuts = int.TryParse(Environment.GetEnvironmentVariable("TAME_CUTS"), CultureInfo.InvariantCulture, out int cuts) ? cuts : 20;

    [Theory]
    [MemberData(nameof(GoldenTests.Inputs), MemberType = typeof(GoldenTests))]
    public async Task Code_cut_off_anywhere_is_survived(string input)
    {
        var text = Repository.Read(input);
        foreach (var cut in Cuts(text.Length)) await Survive(text[..cut]);
    }

    [Theory]
    [MemberData(nameof(GoldenTests.Inputs), MemberType = typeof(GoldenTests))]
    public async Task Code_with_a_gap_is_survived(string input)
    {
        var text = Repository.Read(input);
        foreach (var cut in Cuts(text.Length)) await Survive(text.Remove(cut, Math.Min(Step / 3, text.Length - cut)));
    }

    private static IEnumerable<int> Cuts(int length)
    {
        var step = Math.Max(Step, length / s_mostCuts);
        for (var at = step; at < length; at += step) yield return at;
    }

    private static async Task Survive(string source)
    {
        try
        {
            // An analyzer's exception is reported as AD0001; the generator's is thrown by the harness.
            Assert.DoesNotContain(await Compiled.Analyze(Compiled.Compilation(source)), d => d.Id == "AD0001");
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException("Not survived:\n" + source, exception);
        }
    }
}
