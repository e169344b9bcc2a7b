using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME093Tests
{
    [Theory]
    [InlineData("Console.WriteLine(\"before\"); Console.Write(n); using (twait()) asap(mkevent());", 1)]
    [InlineData("using (twait()) { Console.WriteLine(\"in a block\"); asap(mkevent()); }", 1)]
    [InlineData("Action say = () => Console.WriteLine(\"in a lambda\"); using (twait()) asap(mkevent()); say(); Console.WriteLine(\"after\");", 2)]
    public async Task An_intercepted_call_in_a_tamed_body_is_a_warning_at_its_name(string statements, int count)
    {
        var reported = await OtherGenerator.Analyze("TAME093", Compiled.Compilation(Stage.Set(statements)));
        Assert.Equal(count, reported.Count);
        Assert.All(reported, warning =>
        {
            Assert.Equal("TAME093", warning.Id);
            Assert.Equal("WriteLine", warning.Location.SourceTree!.ToString().Substring(warning.Location.SourceSpan.Start, warning.Location.SourceSpan.Length));
            Assert.Equal(
                "'WriteLine' is intercepted by 'Interceptors.Console.WriteLine', but not in a tamed body, whose code runs in a generated file; move the call to an ordinary method, and call that method from the body",
                warning.GetMessage(null));
        });
    }

    [Fact]
    public async Task Elsewhere_a_call_may_be_intercepted() => Assert.Empty(await OtherGenerator.Analyze("TAME093", Compiled.Compilation(
        Stage.Set("Say(); Console.Write(n); using (twait()) asap(mkevent());"), "public partial class Sample { private static void Say() => Console.WriteLine(\"\"); }")));
}
