using Microsoft.CodeAnalysis;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME029Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME029");

    [Fact]
    public async Task The_message_says_what_where_and_what_to_do() => Assert.Equal(
        ["This twait block makes no event, so it waits for nothing; make one with mkevent, or remove the block"],
        await s_rule.Reports("""
        [|using|] (twait()) asap(done);
        """));

    [Theory]
    [InlineData("""
        [|using|] (twait()) { }
        """)]
    [InlineData("""
        // The event belongs to the innermost block.
        public static partial class Sample
        {
            [Tamed] public static partial void Run(Event done);
            private static void RunBody(Event done)
            {
                [|using|] (twait())
                {
                    using (twait()) asap(mkevent());
                }
            }
        }
        """)]
    [InlineData("""
        // An event of a rendezvous is no event of the block.
        public static partial class Sample
        {
            [Tamed] public static partial void Run(Rendezvous r);
            private static void RunBody(Rendezvous r)
            {
                [|using|] (twait()) asap(mkevent(r));
                twait(r);
            }
        }
        """)]
    public async Task Is_reported_at_the_place(string code) => await s_rule.Reports(code);

    [Theory]
    [InlineData("""
        using (twait()) asap(mkevent());
        using (twait())
        {
            if (n > 3) Get(mkevent(out int slot));
        }

        using (twait())
        {
            asap(mkevent());
            using (twait()) asap(mkevent());
        }
        """)]
    [InlineData("""
        #pragma warning disable TAME029
        using (twait()) asap(done);
        #pragma warning restore TAME029
        """)]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(code);

    [Theory]
    [InlineData(ReportDiagnostic.Suppress, null)]
    [InlineData(ReportDiagnostic.Error, DiagnosticSeverity.Error)]
    [InlineData(ReportDiagnostic.Info, DiagnosticSeverity.Info)]
    public async Task Its_severity_is_the_users_to_set_and_code_is_generated_all_the_same(ReportDiagnostic set, DiagnosticSeverity? expected)
    {
        var compilation = Compiled.Compilation(Stage.Set("using (twait()) asap(done);"));
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([new("TAME029", set)]));
        Assert.Equal(expected, (await Compiled.Analyze(compilation)).SingleOrDefault()?.Severity);
        Assert.NotEmpty(Compiled.Generate(compilation).Files);
    }
}
