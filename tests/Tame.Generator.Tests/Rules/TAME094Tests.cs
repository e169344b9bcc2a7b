using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME094Tests
{
    private const string World = """
        using System.Runtime.CompilerServices;
        [InterpolatedStringHandler]
        public readonly struct Told
        {
            public Told(int literals, int holes, [CallerLineNumber] int line = 0) { }
            public void AppendLiteral(string text) { }
            public void AppendFormatted(int value, [CallerArgumentExpression(nameof(value))] string text = "", [CallerLineNumber] int line = 0) { }
            public void AppendFormatted(string value, [CallerMemberName] string name = "") { }
        }
        public sealed class Rows
        {
            public Rows Where(Func<int, bool> filter, [CallerArgumentExpression(nameof(filter))] string text = "", [CallerLineNumber] int line = 0) => this;
            public Rows Select(Func<int, int> map, [CallerMemberName] string name = "") => this;
        }
        public sealed class Names : System.Collections.IEnumerable
        {
            public void Add(int item, [CallerMemberName] string name = "") { }
            public System.Collections.IEnumerator GetEnumerator() => null!;
        }
        public static partial class Program
        {
            private static void Tell(Told told) { }
            private static int Line(int value, [CallerArgumentExpression(nameof(value))] string text = "", [CallerMemberName] string name = "") => 0;
            private static int Text(int value, [CallerArgumentExpression(nameof(value))] string text = "") => 0;
            private static void Use(object? value) { }

            [Tamed] public static partial void Run(int n, int[] numbers, string word, Rows rows, Event done);
            private static void RunBody(int n, int[] numbers, string word, Rows rows, Event done)
            {
                var kept = n;
                using (twait()) asap(mkevent());

        """;

    private static readonly RuleUnderTest s_rule = new("TAME094");

    [Theory]
    [InlineData("Use(from row in rows where row > 1 [|select row + 1|]);",
        "'Select' asks for the name of its caller, but C# passes the value from generated code, because a query clause takes no argument for it; write the clause as a call of 'Select'")]
    [InlineData("Use(from row in rows [|where row > kept|] select row);",
        "'Where' asks for the text of 'filter', but C# passes the value from generated code, because a query clause takes no argument for it; write the clause as a call of 'Where'")]
    [InlineData("Tell($\"{kept} [|{word}|]\");",
        "'AppendFormatted' asks for the name of its caller, but C# passes the value from generated code, because an interpolated string takes no argument for it; create the string in an ordinary method")]
    [InlineData("Action later = () => Tell($\"[|{kept}|]\"); later();",
        "'AppendFormatted' asks for the text of 'value', but C# passes the value from generated code, because an interpolated string takes no argument for it; create the string in an ordinary method")]
    [InlineData("Names names = [[|1|], .. numbers]; Use(names);",
        "'Add' asks for the name of its caller, but C# passes the value from generated code, because an element beside a spread element takes no argument for it; add it in a separate statement")]
    public async Task Is_reported_where_no_argument_can_be_written(string statements, string message) => Assert.Equal([message], await s_rule.Reports(Code(statements)));

    [Theory]
    [InlineData("Use(from row in rows where row > 1 select 1);")]
    [InlineData("Use(from number in numbers where number > kept && Line(kept) > Line(number) orderby Line(kept + number) select Line(kept));")]
    [InlineData("Tell($\"{kept} {n + kept} {Text(kept)}\");")]
    [InlineData("Names names = [kept, 1]; Names others = new() { kept, 1 }; Use(names); Use(others);")]
    public async Task Is_not_reported_where_what_C_sharp_tells_is_right(string statements) =>
        await s_rule.LetsBe(Code(statements).Replace("[CallerMemberName] string name = \"\") => this", "string name = \"\") => this", StringComparison.Ordinal));

    private static string Code(string statements) => World + statements + "\nusing (twait()) asap(mkevent());\ndone.Trigger(); } }";
}
