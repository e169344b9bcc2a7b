using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Tame.Language.Tests.Differential.Programs;
using Tame.Language.Tests.Differential.Writing;

namespace Tame.Language.Tests.Differential;

/// <summary>Compares the random programs of a seed, shrinks what fails, writes it down and tells of it.</summary>
internal sealed class Campaign(int seed, Features features)
{
    private const int BatchSize = 50;

    /// <summary>Failures beyond these are counted and named, not shrunk: most have one cause.</summary>
    private const int MostShrunk = 5;

    /// <summary>Programs are made smaller for this long, all together. Without a bound, a run with failures can end by a time limit and report nothing.</summary>
    private static readonly TimeSpan s_longestShrinking = TimeSpan.FromMinutes(3);

    /// <summary>One batch in so many is analyzed, which costs a third of running it.</summary>
    private const int BatchesForOneAnalysis = 5;

    /// <summary>One program in so many may be one at whose await side the compiler throws: more would leave too much untested.</summary>
    private const int ProgramsForOneIncomparable = 100;

    private readonly ConcurrentBag<(int Number, Verdict Verdict)> _others = [];

    /// <summary>The programs that could not be compared because the compiler throws at their await side, in words; empty where there are none.</summary>
    public string Incomparable { get; private set; } = "";

    /// <summary>What went wrong, in words; empty when nothing did.</summary>
    public string Run(int programs)
    {
        var starts = Enumerable.Range(0, (programs + BatchSize - 1) / BatchSize).Select(i => i * BatchSize);
        Parallel.ForEach(
            starts,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            start => Compare(start, Math.Min(BatchSize, programs - start)));
        (Incomparable, bool areTooMany) = TellIncomparable(programs, _others);
        bool hasFailed = _others.Any(other => other.Verdict.Outcome != Outcome.Incomparable);
        return (areTooMany ? Incomparable : "") + (hasFailed ? Tell(programs) : "");
    }

    /// <summary>Names the programs that cannot be compared, and tells whether they are more than a few.</summary>
    public static (string Text, bool AreTooMany) TellIncomparable(int programs, IEnumerable<(int Number, Verdict Verdict)> others)
    {
        var found = others.Where(other => other.Verdict.Outcome == Outcome.Incomparable).OrderBy(other => other.Number).ToList();
        string text = string.Concat(found.GroupBy(other => Cause(other.Verdict)).Select(kind => string.Create(
            CultureInfo.InvariantCulture,
            $"{kind.Count()} of {programs} programs cannot be compared: {kind.Key} (programs {string.Join(", ", kind.Select(other => other.Number))})\n")));
        return (text, found.Count * ProgramsForOneIncomparable > programs);
    }

    private void Compare(int start, int count)
    {
        string[] texts = [.. Enumerable.Range(start, count).Select(number => Write(number).ToString())];
        var verdicts = start / BatchSize % BatchesForOneAnalysis == 0 ? FalseAlarms.Compare(texts) : Batch.Compare(texts);
        for (int i = 0; i < count; i++)
        {
            if (verdicts[i].Outcome != Outcome.Same)
                _others.Add((start + i, verdicts[i]));
        }
    }

    /// <summary>Which features the programs have, where those are not the supported ones.</summary>
    private string With => features == FeatureSets.Supported ? "" : $" with {features}";

    private string Suffix => With.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"_{(int)features:x}");

    private Statement Write(int number) => ProgramWriter.Write(number, seed, features);

    private string Tell(int programs)
    {
        var text = new StringBuilder();
        var others = _others.Where(other => other.Verdict.Outcome != Outcome.Incomparable).OrderBy(other => other.Number).ToList();
        text.AppendLine(CultureInfo.InvariantCulture, $"{others.Count} of {programs} programs of seed {seed} do not do the same as with await:");
        foreach (var kind in others.GroupBy(other => Cause(other.Verdict)).OrderByDescending(kind => kind.Count()))
            text.AppendLine(CultureInfo.InvariantCulture, $"{kind.Count(),6} {kind.Key} (programs {string.Join(", ", kind.Take(8).Select(other => other.Number))})");
        var differing = others.Where(other => other.Verdict.Outcome == Outcome.Differs);
        using var until = new CancellationTokenSource(s_longestShrinking);
        foreach (var (number, verdict) in others.DistinctBy(other => Cause(other.Verdict)).Concat(differing).Distinct().Take(MostShrunk))
            Shrink(number, verdict, text, until.Token);
        return text.ToString();
    }

    private void Shrink(int number, Verdict verdict, StringBuilder text, CancellationToken until)
    {
        var program = Shrinker.Shrink(Write(number), verdict, until: until);
        var shrunk = FalseAlarms.Compare([program.ToString()])[0];
        string kept = shrunk.Outcome == Outcome.Invalid
            ? "the writer's own mistake"
            : FoundPrograms.Write($"{seed}_{number}{Suffix}", $"Program {number} of seed {seed}{With}: {Cause(shrunk)}.", program.ToString());
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"== program {number} of seed {seed}, shrunk: {kept}").AppendLine(shrunk.ToString()).AppendLine(program.ToString());
        if (!shrunk.IsLike(verdict))
            text.AppendLine("what it did before it was made smaller, and now does not:").AppendLine(verdict.ToString());
    }

    /// <summary>What a failure is counted under.</summary>
    private static string Cause(Verdict verdict) => verdict.Outcome switch
    {
        Outcome.Differs => "Differs",
        Outcome.Refused => $"Refused: {Verdict.WithoutNames(verdict.Reason.Split('\n')[0])}",
        _ => $"{verdict.Outcome}: {Verdict.WithoutNames(verdict.Reason.Split('\n')[0].Split(" in: ")[0])}",
    };
}
