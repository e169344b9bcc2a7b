using System.Text.RegularExpressions;
using Tame.Language.Tests.Differential.Programs;
using Tame.Language.Tests.Differential.Writing;

namespace Tame.Language.Tests.Differential;

/// <summary>The fuzzer gets broken generated code. It must find the fault and shrink the program to a few lines.</summary>
public sealed partial class BrokenLoweringTests
{
    private const int Programs = 40;

    /// <summary>Rare kinds of faults show only in some programs: more are written until one does.</summary>
    private const int MostBatches = 10;

    private const int MostLines = 18;

    [Fact]
    public void Two_resume_labels_that_are_swapped_are_found_and_shown_in_a_few_lines() =>
        AssertShrinks(text => text.Replace("goto __1;", "goto __0;").Replace("goto __2;", "goto __1;").Replace("goto __0;", "goto __2;"));

    [Fact]
    public void A_kept_assignment_that_is_dropped_is_found_and_shown_in_a_few_lines() => AssertShrinks(text => KeptAssignment().Replace(text, "_ = "));

    [Fact]
    public void A_finally_that_runs_at_a_suspension_is_found() => AssertFound(text => text.Replace("if (!__c.IsSuspended)", ""));

    [Fact]
    public void A_block_that_is_not_waited_for_is_found() => AssertFound(text => Wait().Replace(text, ""));

    [Fact]
    public void A_block_that_throws_its_last_failure_in_place_of_its_first_is_found() =>
        AssertFound(text => text.Replace("__c.EndBlockOrThrow()", "global::Tame.Language.Tests.Differential.Support.Mistakes.EndBlockOrThrowLast(__c)"));

    [Fact]
    public void A_task_that_is_not_waited_for_is_found() => AssertFound(text => TaskWait().Replace(text, ""));

    [Fact]
    public void A_return_in_a_start_that_does_not_end_it_is_found() => AssertFound(text => StartEnd().Replace(text, ""));

    /// <summary>One of the programs differs with the broken code, and only with it.</summary>
    private static (Statement Program, Verdict Verdict) AssertFound(Func<string, string> breakIt)
    {
        var found = Enumerable.Range(0, MostBatches).Select(batch => SmallestFailing(batch * Programs, breakIt)).FirstOrDefault(found => found is not null);
        Assert.True(found is not null, "no program showed the fault");
        string program = found.Value.Program.ToString();
        AssertOutcome(Outcome.Same, program, Batch.Compare(program));
        return found.Value;
    }

    /// <summary>The program that is found shrinks to a few lines that differ only with the broken code. This takes three times as long as finding it.</summary>
    private static void AssertShrinks(Func<string, string> breakIt)
    {
        var found = AssertFound(breakIt);
        string shrunk = Shrinker.Shrink(found.Program, found.Verdict, breakIt).ToString();
        AssertOutcome(Outcome.Differs, shrunk, Batch.Compare(shrunk, breakIt));
        AssertOutcome(Outcome.Same, shrunk, Batch.Compare(shrunk));
        Assert.True(shrunk.Count(c => c == '\n') <= MostLines, shrunk);
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
