using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME025Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME025");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["The type of slot 'answer' cannot be inferred from the event; write it: 'mkevent(out Type answer)'"],
        await s_rule.Reports("""
        using (twait()) Get(mkevent([|out var answer|]));
        """, "CS0619 CS1615"));

    [Theory]
    [InlineData("""
        var r = new Rendezvous<int>();
        Event<int> e = mkevent(r, 1, [|out var answer|]);
        """)]
    [InlineData("""
        using (twait())
        {
            var e = Primitives.mkevent([|out var a|], [|out var b|]);
        }
        """)]
    [InlineData("""
        using (twait())
        {
            var e = mkevent(out int a, [|out var b|]);
        }
        """)]
    public async Task Is_reported_beside_what_the_compiler_says(string code) => await s_rule.Reports(code, "CS0411 CS0619");

    [Theory]
    [InlineData("twait(e => Get(e), [|out var answer|]);", "CS0619 CS1503")]
    [InlineData("twait((e) => e.Trigger(1, 2), out int a, [|out var answer|]);", "CS0619 CS1501")]
    public async Task The_message_names_the_form_that_was_used(string code, string compiler) => Assert.Equal(
        ["The type of slot 'answer' cannot be inferred from the event; write it: 'twait(…, out Type answer)'"], await s_rule.Reports(code, compiler));

    [Theory]
    [InlineData("twait(e => Get(e), [|out _|]);", "twait(…, out Type _)", "CS0619 CS1503")]
    [InlineData("twait(e => Get(e), [|out var _|]);", "twait(…, out Type _)", "CS0619 CS1503")]
    [InlineData("twait(e => e.Trigger(1, \"\"), out int a, [|out _|]);", "twait(…, out Type _)", "CS0619 CS1501")]
    [InlineData("using (twait()) Get(mkevent([|out _|]));", "mkevent(out Type _)", "CS0619 CS1615")]
    [InlineData("var r = new Rendezvous(); Get(mkevent(r, [|out _|])); twait(r);", "mkevent(out Type _)", "CS0411 CS0619")]
    public async Task A_discard_needs_a_type_as_well(string code, string form, string compiler) => Assert.Equal(
        [$"The type of slot '_' cannot be inferred from the event; write it: '{form}'"], await s_rule.Reports(code, compiler));

    /// <summary>The text of TAME056 would come from an overload that is not meant: the error of a rendezvous, an 'Exception?'.</summary>
    [Theory]
    [InlineData("twait(e => Get(e), out _);")]
    [InlineData("twait(e => Get(e), out var answer);")]
    public async Task Nothing_is_said_of_the_type_of_such_a_slot(string code) =>
        Assert.Equal("TAME025", Assert.Single(await Compiled.Analyze(Compiled.Compilation(Stage.Set(code)))).Id);

    [Theory]
    [InlineData("string _ = \"\"; twait(e => Get(e), out _);")]
    [InlineData("_ = 1; int[] _many = [1]; twait(e => Get(e), out _many[0]);")]
    public async Task A_variable_may_have_the_name_of_a_discard(string code) =>
        Assert.DoesNotContain(await Compiled.Analyze(Compiled.Compilation(Stage.Set(code))), diagnostic => diagnostic.Id == "TAME025");

    [Theory]
    [InlineData("""
        var r = new Rendezvous<string>();
        using (twait())
        {
            Get(mkevent(out int typed));
            Get(mkevent<int>(out var given));
            Get(mkevent(out int _));
            var pair = mkevent(out int a, out string? b);
        }

        Get(mkevent(r, "x", out int other));
        twait(r, out string id);
        twait(r, out var again, out var error);
        twait((Event<int> e) => Get(e), out var fromLambda);
        twait((Event<int> e) => Get(e), out _);
        twait(Task.FromResult(1), out _);
        twait(Task.FromResult(""), out var fromTask);
        if (int.TryParse(id, out var number)) Use(number);
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);
}
