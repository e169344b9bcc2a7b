using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

/// <summary>The stack that code needs grows with its nesting. Up to the limit it is enough. Beyond the limit the build ends with a message.</summary>
public sealed class TAME018Tests
{
    private const int Stack = 3 << 19;

    private const int TooMany = 1000;

    private static readonly RuleUnderTest s_rule = new("TAME018");

    /// <summary>A kind of nesting, how often it may be repeated, and a body that contains it.</summary>
    public static TheoryData<string, int> Kinds => new()
    {
        { "n = 0/* N times: */ + n/* . */;", 840 },
        { "if (n > 0/* N times: */ && n > 1/* . */) { using (twait()) asap(mkevent()); }", 840 },
        { "if (n is 0/* N times: */ or > 7/* . */) { using (twait()) asap(mkevent()); }", 400 },
        { "n = /* N times: */n > 0 ? n : /* . */n;", 290 },
        { "string? s = null; s = /* N times: */s ?? /* . */s; Use(s);", 290 },
        { "/* N times: */n = /* . */1;", 290 },
        { "Use(new System.Text.StringBuilder()/* N times: */.Append(n)/* . */);", 840 },
        { "/* N times: */System.Math.Abs(/* . */n/* N times: */)/* . */;", 290 },
        { "Use(/* N times: */numbers[/* . */n/* N times: */]/* . */);", 290 },
        { "/* N times: */if (n == 1) n++; else /* . */{ using (twait()) asap(mkevent()); }", 440 },
        { "/* N times: */{/* . */ using (twait()) asap(mkevent()); /* N times: */}/* . */", 290 },
        { "/* N times: */while (n > 0) /* . */using (twait()) asap(mkevent());", 290 },
        { "/* N times: */try { /* . */using (twait()) asap(mkevent());/* N times: */} finally { n++; }/* . */", 100 },
        { "/* N times: */using (new System.IO.MemoryStream()) /* . */using (twait()) asap(mkevent());", 100 },
        { "Use(n is /* N times: */not /* . */7);", 290 },
        { "Use(/* N times: */new[] { /* . */n/* N times: */ }/* . */);", 140 },
    };

    private static string Body(string kind, int times) => Repeated.Expand(kind.Replace("* N times", $"* {times} times", StringComparison.Ordinal));

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["The body of tamed method 'Run' is nested too deeply here; move the inner statements into a method, or keep parts of a long expression in locals"],
        await s_rule.Reports(Repeated.Expand("[|Use|](n/* 1,000 times: */ + n/* . */);")));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Up_to_the_bound_the_stack_of_a_thread_is_enough_and_past_it_this_is_reported(string kind, int times)
    {
        var within = Compiled.Compilation(Stage.Set(Body(kind, times)));
        var thread = new Thread(() => Assert.Empty(Compiled.Problems(Compiled.Generate(within.WithOptions(within.Options.WithConcurrentBuild(false))).Output)), Stack);
        thread.Start();
        thread.Join();
        Assert.DoesNotContain(await Compiled.Analyze(within), d => d.Id == "TAME018");

        var beyond = Compiled.Compilation(Stage.Set(Body(kind, TooMany)));
        Assert.Equal(["CS0619"], Compiled.Problems(Compiled.Generate(beyond).Output).Select(d => d.Id));
        Assert.Equal(["TAME018"], (await Compiled.Analyze(beyond)).Select(d => d.Id));
    }
}
