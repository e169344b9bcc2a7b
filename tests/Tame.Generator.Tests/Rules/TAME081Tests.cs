using System.Globalization;
using Tame.Generator.Analysis;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

/// <summary>Which methods get a checkpoint: the rule reports exactly those in which the generator writes one.</summary>
public sealed class TAME081Tests
{
    private const string Nothing = "";

    [Theory]
    [InlineData("private static", "F(1, mkevent());", "", "F: Example.F → Example.F")]
    [InlineData("private static", "G(mkevent());", "F(1, mkevent());", "F: Example.F → Example.G → Example.F|G: Example.G → Example.F → Example.G")]
    [InlineData("private static", "twait(e => F(1, e));", "", "F: Example.F → Example.F")]
    [InlineData("private static", "void Local() => F(1, default); Local();", "", "F: Example.F → Example.F")]
    [InlineData("private static", "G(mkevent());", "asap(mkevent());", Nothing)]
    [InlineData("public static", "G(mkevent());", "asap(mkevent());", Nothing)]
    [InlineData("public static", "G(mkevent());", "Console.WriteLine();", "F: Example.F → Example.G → code that is not analyzed → Example.F")]
    [InlineData("private static", "G(mkevent());", "Console.WriteLine();", Nothing)]
    [InlineData("private static", "Action a = () => F(1, default); a();", "", "F: Example.F → code that is not analyzed → Example.F")]
    [InlineData("private static", "Action<int, Event> a = F; a(1, default);", "", "F: Example.F → code that is not analyzed → Example.F")]
    [InlineData("private static", "Other.Run();", "", "F: Example.F → code that is not analyzed → Example.F")]
    [InlineData("private static", "Untamed();", "", Nothing)]
    [InlineData("public static", "new List<int>().Add(n); var s = $\"{n}\" + n; if (n > 1) throw new InvalidOperationException(s);", "", Nothing)]
    [InlineData("public static", "var s = $\"{new object()}\";", "", "F: Example.F → code that is not analyzed → Example.F")]
    [InlineData("public static", "foreach (var x in new[] { n }) n += x;", "", Nothing)]
    [InlineData("public static", "foreach (var x in new HashSet<int>()) n += x;", "", "F: Example.F → code that is not analyzed → Example.F")]
    public async Task It_names_each_method_that_may_nest_and_its_cycle(string modifiers, string inF, string inG, string expected)
    {
        var code = Snippet.Compilation($$"""
            [Tamed] {{modifiers}} partial void F(int n, Event done);
            private static void FBody(int n, Event done)
            {
                using (twait()) { asap(mkevent()); {{inF}} }
                done.Trigger();
            }

            [Tamed] private static partial void G(Event done);
            private static void GBody(Event done)
            {
                using (twait()) { asap(mkevent()); {{inG}} }
                done.Trigger();
            }

            private static void Untamed() { }

            private static class Other
            {
                public static void Run() { if (Environment.TickCount == 0) {{(inF.StartsWith("Other", StringComparison.Ordinal) ? "F(1, default)" : "Untamed()")}}; }
            }
            """);
        var reported = await Compiled.AnalyzeNesting(code);
        Assert.Equal(expected, string.Join("|", reported.Select(d => d.GetMessage(CultureInfo.InvariantCulture))
            .Select(message => $"{message.Split('\'')[1]}: {message.Split("without end: ")[1].Split(';')[0]}")));
        var generated = Compiled.Generate(code).Output.SyntaxTrees.Count(tree => tree.ToString().Contains("StartOrDefer", StringComparison.Ordinal));
        Assert.Equal(reported.Count, generated);
    }

    [Fact]
    public async Task It_says_that_a_call_with_an_out_parameter_throws()
    {
        var reported = Assert.Single(await Compiled.AnalyzeNesting(Snippet.Compilation("""
            [Tamed] private static partial void F(int n, out int result);
            private static void FBody(int n, out int result)
            {
                result = 0;
                if (n > 0) F(n - 1, out result);
            }
            """)));
        Assert.EndsWith("a call throws InsufficientExecutionStackException, because it has an 'out' parameter", reported.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_has_to_be_asked_for() => Assert.Empty(await Compiled.Analyze(
        Snippet.Compilation("[Tamed] private static partial void F(Event done);\nprivate static void FBody(Event done) => F(done);"), new NestingAnalyzer()));
}
