using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

/// <summary>The graph has a path past a switch without <c>default</c> if the compiler sees one.</summary>
public sealed class ExhaustiveSwitchTests
{
    private static readonly RuleUnderTest s_rule = new("TAME060");

    [Theory]
    [InlineData("(int.TryParse(name, out var number), number)", "{ number: > 1 }", "{ number: <= 1 }")]
    [InlineData("((int.TryParse(name, out var number), number), n)", "{ Item1.number: > 1 }", "{ Item1.number: <= 1 }")]
    [InlineData("(int.TryParse(name, out var @in), @in)", "{ @in: > 1 }", "{ @in: <= 1 }")]
    [InlineData("(int.TryParse(name, out var Item3), Item3)", "{ Item2: > 1 }", "{ Item2: <= 1 }")]
    [InlineData("(int.TryParse(name, out var number), number, number)", "{ Item2: > 1 }", "{ Item2: <= 1 }")]
    [InlineData("new { found = int.TryParse(name, out var number), number }", "{ number: > 1 }", "{ number: <= 1 }", "null")]
    [InlineData("new[] { (int.TryParse(name, out var number), number) }[0].number", "> 1", "<= 1")]
    [InlineData("(int.TryParse(name, out var number), number)", "(_, var other) when other > 3", "{ number: > 1 } when number > 1", "(_, var third)")]
    [InlineData("(name, n)", "(null, _)", "(not null, _)")]
    [InlineData("(name, value)", "(null, null)", "(not null, _)", "(_, not null)")]
    [InlineData("(value, name)", "(int q, { } s)", "(not int, _)", "(_, null)")]
    [InlineData("(value, n)", "var (first, second)")]
    [InlineData("new Answer(n > 1, name)", "(true, _)", "(false, null)", "(false, not null)", "null")]
    [InlineData("items", "null", "[]", "[var only]", "[_, _, ..]")]
    [InlineData("maybe", "true", "false", "null")]
    [InlineData("share", "> 1", "<= 1", "double.NaN")]
    [InlineData("1", "1")]
    [InlineData("name.AsSpan()", "\"a\"", "not \"a\"")]
    [InlineData("n > 1", "true when alias > 1", "true", "false")]
    [InlineData("alias > 1", "true", "false")]
    [InlineData("n", "> 1 when true", "<= 1")]
    public async Task One_that_takes_every_value_ends_in_its_sections(string value, params string[] patterns) => await s_rule.LetsBe(Code("done", value, patterns));

    [Theory]
    [InlineData("(name, n)", "({ Length: 0 }, _)", "({ Length: > 0 }, _)")]
    [InlineData("new Answer(n > 1, name)", "(true, _)", "(false, null)", "(false, not null)")]
    [InlineData("(int.TryParse(name, out var number), number)", "{ number: > 1 }", "{ number: < 1 }")]
    [InlineData("items", "null", "[]", "[var only]")]
    [InlineData("day", "System.DayOfWeek.Monday", "System.DayOfWeek.Sunday")]
    [InlineData("maybe", "true", "false")]
    [InlineData("share", "> 1", "<= 1")]
    [InlineData("n", "> 1 when value is null", "<= 1")]
    [InlineData("(nint)n", "> 1", "< 1")]
    public async Task One_that_leaves_a_value_out_goes_on_behind_it(string value, params string[] patterns) => await s_rule.Reports(Code("[|done|]", value, patterns));

    private static string Code(string done, string value, string[] patterns) => $$"""
        public record Answer(bool IsYes, string? Text);
        public static partial class Program
        {
            [Tamed] public static partial void Act(int n, int[] numbers, object? value, string? name, bool? maybe, System.DayOfWeek day, int[]? items, double share, Event done);

            private static void ActBody(int n, int[] numbers, object? value, string? name, bool? maybe, System.DayOfWeek day, int[]? items, double share, Event {{done}})
            {
                using (twait()) asap(mkevent());
                ref int alias = ref numbers[0];
                alias++;
                switch ({{value}})
                {
                    {{string.Join("\n", patterns.Select(pattern => $"case {pattern}: done.Trigger(); break;"))}}
                }
            }
        }
        """;
}
