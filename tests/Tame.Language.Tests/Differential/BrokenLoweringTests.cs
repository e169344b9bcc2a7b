using System.Text.RegularExpressions;
using Tame.Language.Tests.Differential.Programs;
using Tame.Language.Tests.Differential.Writing;

namespace Tame.Language.Tests.Differential;

/// <summary>The fuzzer is shown broken generated code: it must see that, and say in a few lines what is wrong.</summary>
public sealed partial class BrokenLoweringTests
{
    private const int Programs = 40;

    /// <summary>Rare kinds of faults show only in some programs: more are written until one does.</summary>
    private const int MostBatches = 10;

    [Fact]
    public void Two_resume_labels_that_are_swapped_are_found() =>
        AssertFound(text => text.Replace("goto __1;", "goto __0;").Replace("goto __2;", "goto __1;").Replace("goto __0;", "goto __2;"), mostLines: 18);

    [Fact]
    public void A_kept_assignment_that_is_dropped_is_found() => AssertFound(text => KeptAssignment().Replace(text, "_ = "), mostLines: 18);

    [Fact]
    public void A_finally_that_runs_at_a_suspension_is_found() => AssertFound(text => text.Replace("if (!__c.IsSuspended)", ""), mostLines: 18);

    [Fact]
    public void A_block_that_is_not_waited_for_is_found() => AssertFound(text => Wait().Replace(text, ""), mostLines: 18);

    [Fact]
    public void A_block_that_throws_its_last_failure_in_place_of_its_first_is_found() =>
        AssertFound(text => text.Replace("__c.EndBlockOrThrow()", "global::Tame.Language.Tests.Differential.Support.Mistakes.EndBlockOrThrowLast(__c)"), mostLines: 18);

    [Fact]
    public void A_task_that_is_not_waited_for_is_found() => AssertFound(text => TaskWait().Replace(text, ""), mostLines: 18);

    [Fact]
    public void A_return_in_a_start_that_does_not_end_it_is_found() => AssertFound(text => StartEnd().Replace(text, ""), mostLines: 18);

    /// <summary>Some program of the first few fails with the broken code, and is shrunk to a few lines that fail only so.</summary>
    private static void AssertFound(Func<string, string> breakIt, int mostLines)
    {
        var found = Enumerable.Range(0, MostBatches).Select(batch => SmallestFailing(batch * Programs, breakIt)).FirstOrDefault(found => found is not null);
        Assert.True(found is not null, "no program showed the fault");
        string shrunk = Shrinker.Shrink(found.Value.Program, found.Value.Verdict, breakIt).ToString();
        AssertOutcome(Outcome.Differs, shrunk, Batch.Compare(shrunk, breakIt));
        AssertOutcome(Outcome.Same, shrunk, Batch.Compare(shrunk));
        Assert.True(shrunk.Count(c => c == '\n') <= mostLines, shrunk);
    }

    private static (Statement Program, Verdict Verdict)? SmallestFailing(int start, Func<string, string> breakIt)
    {
        var programs = Enumerable.Range(start, Programs).Select(number => ProgramWriter.Write(number, seed: 1, FeatureSets.Supported)).ToList();
        var verdicts = Batch.Compare([.. programs.Select(program => program.ToString())], breakIt);
        var failing = programs.Zip(verdicts).Where(each => each.Second.Outcome == Outcome.Differs).ToList();
        return failing.Count == 0 ? null : failing.MinBy(each => each.First.ToString().Length);
    }

    private static void AssertOutcome(Outcome expected, string program, Verdict verdict) =>
        Assert.True(verdict.Outcome == expected, $"{verdict}\n{program}");

    [GeneratedRegex(@"(?<=\n *)__c\.i\d*(__\d+)? = ")]
    private static partial Regex KeptAssignment();

    [GeneratedRegex(@"(?<=goto __task\d+_end;\s+)if \(!__c\.BlockDone\(\d+\)\) return;")]
    private static partial Regex TaskWait();

    [GeneratedRegex(@"goto __return\d+;")]
    private static partial Regex StartEnd();

    [GeneratedRegex(@"if \(!__c\.BlockDone\(\d+\)\)\s+#line hidden\s+return;")]
    private static partial Regex Wait();
}
