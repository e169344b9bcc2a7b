using Tame.CodeFixes.WaitForms;

namespace Tame.Generator.Tests.Fixes;

/// <summary>The fix removes <c>ConfigureAwait</c> from a task that is passed to <c>twait</c>.</summary>
public sealed class ConfigureAwaitFixTests
{
    [Theory]
    [InlineData("twait(Later().ConfigureAwait(false));", "twait(Later());")]
    [InlineData("twait(Later().ConfigureAwait(false), out n); // now", "twait(Later(), out n); // now")]
    [InlineData("twait(Later().ConfigureAwait(continueOnCapturedContext: true), out int x);", "twait(Later(), out int x);")]
    [InlineData("twait(Later().ConfigureAwait(false), out var x);", "twait(Later(), out var x);")]
    [InlineData("twait(Later().ConfigureAwait(false), out _);", "twait(Later(), out _);")]
    [InlineData("twait(((Task)Later()).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext));", "twait((Task)Later());")]
    [InlineData("twait((new ValueTask(Later())).ConfigureAwait(false));", "twait(new ValueTask(Later()));")]
    [InlineData("twait(new ValueTask<int>(3).ConfigureAwait(false));", "twait(new ValueTask<int>(3));")]
    [InlineData("Primitives.twait((new ValueTask<int>(3).ConfigureAwait(false)), out n);", "Primitives.twait(new ValueTask<int>(3), out n);")]
    public async Task ConfigureAwait_is_removed(string before, string after) => Assert.Equal(Body(after), (await Mended.One(new ConfigureAwaitFix(), Body(before))).ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("twait(((Task)Later()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing));")]
    [InlineData("twait(Echo(n > 3).ConfigureAwait(false));")]
    [InlineData("Echo(n > 3);")]
    [InlineData("twait(n);")]
    public async Task Nothing_else_is_removed(string code) => Assert.False(await Mended.Offers(new ConfigureAwaitFix(), Body(code)));

    [Fact]
    public async Task All_calls_of_ConfigureAwait_are_removed_at_once() => Assert.Equal(
        Body("twait(Later());\n        twait(Later(), out n);"),
        (await Mended.All(new ConfigureAwaitFix(), Body("twait(Later().ConfigureAwait(false));\n        twait(Later().ConfigureAwait(false), out n);"))).ReplaceLineEndings("\n"));

    private static string Body(string statements) => $$"""
        public static partial class Sample
        {
            private static Task<int> Later() => Task.FromResult(1);
            private static Task<int> Echo(int n) => Task.FromResult(n);
            [Tamed] public static partial void Run(int n, Event done);

            private static void RunBody(int n, Event done)
            {
                {{statements}}
                done.Trigger();
            }
        }
        """;
}
