using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests;

/// <summary>
/// The compiler creates no delegate of a partial method without its implementing part, which the generator is about to write. In a lambda such an error decides
/// which overloads can take the lambda.
/// </summary>
public sealed class MissingPartTests
{
    private const string Props = """

        public static class Policy
        {
            public static Task<T> Execute<T>(Func<CancellationToken, Task<T>> run, CancellationToken token = default) => run(token);
            public static Task<T> Execute<T>(Func<int, Task<T>> run, CancellationToken token = default) => run(1);
            public static void Serve(Action<Event<string>> handler, Event done) => handler(Event<string>.Ignored);
            public static void Serve(Func<Event<string>, Task> handler, Event done) => handler(Event<string>.Ignored);
            public static void Serve(Action<Event<string>> handler, Event<string?> done) => handler(Event<string>.Ignored);
            public static Task<T> Invoke<T>(Action<Event<T>> main, CancellationToken token) => throw new NotSupportedException();
        }
        """;

    [Theory]
    [InlineData("twait(Policy.Execute(inner => Policy.Invoke<string>(Ask, inner)), out string answer); Use(answer);")]
    [InlineData("twait(Policy.Execute(async inner => await Policy.Invoke<string>(Sample.Ask, inner)), out string answer); Use(answer);")]
    [InlineData("twait(Policy.Execute(inner => Policy.Execute(again => Policy.Invoke<string>(Ask, again), inner)), out string answer); Use(answer);")]
    [InlineData("Func<Task<string>> ask = () => Policy.Execute(inner => Policy.Invoke<string>(Ask, inner)); twait(ask(), out string answer); Use(answer);")]
    [InlineData("twait(Policy.Execute(inner => Policy.Invoke<string>(Of<string>, inner)), out string answer); Use(answer);")]
    [InlineData("twait(Policy.Execute(inner => Policy.Invoke<string>(Ask, inner)), out string answer); Ask(Event<string>.Ignored); Run(n, numbers, box, Event.Ignored);")]
    [InlineData("twait(e => Policy.Serve(Ask, e));")]
    [InlineData("twait(e => Policy.Serve(Ask, e), out string? answer); Use(answer);")]
    public async Task A_lambda_that_hands_on_a_tamed_method_goes_to_the_overload_that_fits(string statements) => await Check(Stage.Set(statements) + Props + """

        public partial class Sample
        {
            [Tamed] private static partial void Ask(Event<string> answer);
            private static void AskBody(Event<string> answer) { twait(e => asap(e)); answer.Trigger(""); }
            [Tamed] private static partial void Of<T>(Event<T> answer) where T : class;
            private static void OfBody<T>(Event<T> answer) where T : class { twait(e => asap(e)); answer.Trigger(default!); }
        }
        """);

    [Fact]
    public async Task What_stands_around_the_method_names_the_same_things() => await Check(
        """
        using Text = System.Collections.Generic.List<string>;
        namespace Outer
        {
            using static Inner.Constants;
            namespace Inner
            {
                public static class Constants { public const int Two = 2; }
                public interface IOf<in T> { }
                [Serializable]
                public partial record class Holder<T>(T First) : IOf<T> where T : notnull, IComparable<T>
                {
                    internal unsafe partial struct Deep
                    {
                        [Tamed] public static partial void Run(Event done);
                        private static void RunBody(Event done)
                        {
                            twait(Policy.Execute(inner => Policy.Invoke<(Text, T)>(Make, inner)), out (Text Lines, T Value) made);
                            done.Trigger();
                        }

                        [Obsolete("old"), Tamed] private static unsafe partial void Make(Event<(Text, T)> made);
                        private static unsafe void MakeBody(Event<(Text, T)> made) { twait(e => asap(e)); made.Trigger(([], default(T)!)); }
                    }
                }
            }
        }
        """ + Props);

    [Theory]
    [InlineData("file static partial class")]
    [InlineData("public static class")]
    public void A_method_that_can_have_no_part_in_another_file_does_not_stop_the_generator(string type)
    {
        var compilation = Compiled.Compilation(Stage.Set("twait(Policy.Execute(inner => Policy.Invoke<string>(Other.Ask, inner)), out string answer); Use(answer);") + Props + type + """
             Other
            {
                [Tamed] public static partial void Ask(Event<string> answer);
                private static void AskBody(Event<string> answer) => answer.Trigger("");
            }
            """);
        Assert.Contains(Compiled.Generate(compilation).Files, file => file.HintName.Contains("Run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_that_is_wrong_in_another_way_too_keeps_the_compilers_error()
    {
        var compilation = Compiled.Compilation(Stage.Set("twait(Policy.Execute(inner => Policy.Invoke<string>(Wrong, inner)), out string answer); Use(Missing);") + Props + """

            public partial class Sample
            {
                [Tamed] private static partial void Wrong(Event<string> answer);
                private static void WrongBody(Event<string> answer) => answer.Trigger("");
            }
            """);
        Assert.Equal(["CS0103"], Compiled.Problems(Compiled.Generate(compilation).Output).Select(d => d.Id));
        Assert.Empty(await Compiled.Analyze(compilation));
    }

    private static async Task Check(string source)
    {
        var compilation = Compiled.Compilation(source);
        var (files, output) = Compiled.Generate(compilation);
        Assert.Empty(Compiled.Problems(output));
        Assert.Empty((await Compiled.Analyze(compilation)).Select(d => $"{d.Id} {d.GetMessage(null)}"));
        Assert.All(files, file => Assert.Contains("override void Resume()", file.SourceText.ToString(), StringComparison.Ordinal));
    }
}
