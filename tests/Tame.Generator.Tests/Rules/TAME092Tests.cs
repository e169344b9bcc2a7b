using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME092Tests
{
    [Theory]
    [InlineData("using (twait()) asap(mkevent()); Use(Written.Length(\"\"));", "Written")]
    [InlineData("Written.Name = \"\"; using (twait()) asap(mkevent());", "Written")]
    [InlineData("var length = nameof(Written.Name).Length; using (twait()) asap(mkevent()); Use(length);", "Written")]
    [InlineData("Use((Func<string, int>)Written.Length);", "Written")]
    public async Task A_body_that_names_what_another_generator_writes_is_an_error_at_that_name(string statements, string name)
    {
        var compilation = Compiled.Compilation(Stage.Set(statements));
        Assert.Empty(Compiled.Problems(OtherGenerator.Output("TAME092", compilation)));
        var reported = Assert.Single(await OtherGenerator.Analyze("TAME092", compilation));
        Assert.Equal("TAME092", reported.Id);
        Assert.Equal(name, reported.Location.SourceTree!.ToString().Substring(reported.Location.SourceSpan.Start, reported.Location.SourceSpan.Length));
        Assert.Equal(
            $"Another source generator writes '{name}', which Tame's generator cannot see when it reads the body of 'Run'; move this use to an ordinary method, and call that method from the body",
            reported.GetMessage(null));
    }

    [Theory]
    [InlineData("using (twait()) asap(mkevent()); Use(n);")]
    [InlineData("Helper(); using (twait()) asap(mkevent());")]
    public async Task What_it_adds_elsewhere_is_no_matter(string statements)
    {
        var compilation = Compiled.Compilation(Stage.Set(statements), "public partial class Sample { private static void Helper() => Written.Name = \"\"; }");
        Assert.Empty(Compiled.Problems(OtherGenerator.Output("TAME092", compilation)));
        Assert.Empty(await OtherGenerator.Analyze("TAME092", compilation));
    }

    [Fact]
    public async Task Errors_of_the_compilers_stand_alone()
    {
        var compilation = Compiled.Compilation(Stage.Set("using (twait()) asap(mkevent()); Use(Missing.Length);"));
        Assert.Equal(["CS0103"], Compiled.Problems(OtherGenerator.Output("TAME092", compilation)).Select(d => d.Id));
        Assert.Empty(await OtherGenerator.Analyze("TAME092", compilation));
    }
}
