using System.Collections;
using System.Runtime.CompilerServices;

namespace Tame.Language.Tests.Hazards;

/// <summary>What C# tells calls inside the clauses of a query and the holes of a string, and those that it makes of holes and elements itself.</summary>
public sealed partial class ImplicitCallTests
{
    [Fact]
    public void Calls_in_the_clauses_of_a_query_are_told_the_users_text_line_and_method() => Assert.Equal(
        "k+2 k + 1+6 k * 2+9 k+8:6", Trace.Of(Clauses));

    [Tamed] private static partial void Clauses(Trace trace, Event done);

    private static void ClausesBody(Trace trace, Event done)
    {
        var k = 1;
        var some = new[] { 5, 6 };
        using (twait()) asap(mkevent());
        var first = Here();
        var query =
            from q in Tell(some, k)
            let told = Text(q + k, first)
            where told.Length > 0
            orderby Text(q, first), Text(-k, first) descending
            join r in Tell(some, k + 1) on q equals r
            group q + k
                by Text(k, first) into g
            select Text(k * 2, first) + " " + g.Key + ":" + g.First();
        using (twait()) asap(mkevent());
        foreach (var each in query) trace.Add(each);
        done.Trigger();

        int[] Tell(int[] items, int value, [CallerArgumentExpression(nameof(value))] string text = "", [CallerLineNumber] int line = 0)
        {
            trace.Add(text + "+" + (line - first));
            return items;
        }
    }

    [Fact]
    public void Holes_are_told_the_users_text_and_line_wherever_a_wait_is() =>
        Assert.Equal("k=1+1 i=0+4 e=f+14 e=f+16,k=1+16 i=1+4 e=f+14 e=f+16,k=1+16", Trace.Of(Holes));

    [Tamed] private static partial void Holes(Trace trace, Event done);

    private static void HolesBody(Trace trace, Event done)
    {
        var (k, first) = (1, Here());
        trace.Add(Tell(first, $"{k}"));
        for (var i = 0; i < 2; i++)
        {
            if (Tell(first, $"{i}") is { } told) trace.Add(told);
            try
            {
                throw new FormatException("f");
            }
#pragma warning disable TAME094 // the filter is told the text of generated code
            catch (FormatException failed) when (Tell(first, $"{failed.Message}{k}").EndsWith("=1+10", StringComparison.Ordinal))
#pragma warning restore TAME094
            {
                var e = failed.Message;
                trace.Add(Tell(first, $"{e}"));
                using (twait()) asap(mkevent());
                trace.Add(Tell(first, $"{e}{k}"));
            }
        }

        done.Trigger();
    }

    [Fact]
    public void A_value_is_told_its_line_where_its_declaration_begins_lines_before() => Assert.Equal("0+2 0+5 0+6 0+9 0+10", Trace.Of(Lines));

    [Tamed] private static partial void Lines(Trace trace, Event done);

    private static void LinesBody(Trace trace, Event done)
    {
        var (k, first) = (0, Here());
        var one =
            Text(k, first);
        string two
            =
            Text(k, first), three = // a comment
            Text(k, first);
        var (four,
            five) =
            (Text(k, first),
            Text(k, first));
        using (twait()) asap(mkevent());
        foreach (var each in new[] { one, two, three, four, five }) trace.Add(each);
        done.Trigger();
    }

    [Fact]
    public void Elements_are_told_the_users_method() => Assert.Equal("Elements:1;Elements:2; Elements:3;", Trace.Of(Elements));

    [Tamed] private static partial void Elements(Trace trace, Event done);

    private static void ElementsBody(Trace trace, Event done)
    {
        var k = 1;
        using (twait()) asap(mkevent());
        Members made = [k, 2];
        trace.Add(made.Text);
        trace.Add(new Members { k + 2 }.Text);
        done.Trigger();
    }

    [InterpolatedStringHandler]
    private readonly struct Told
    {
        private readonly List<string> _parts = [];

        public Told(int literals, int holes, int first) => First = first;

        private int First { get; }

        public void AppendLiteral(string text) => _parts.Add(text);

        public void AppendFormatted<T>(T value, [CallerArgumentExpression(nameof(value))] string text = "", [CallerLineNumber] int line = 0) => _parts.Add($"{text}={value}+{line - First}");

        public override string ToString() => string.Join(",", _parts);
    }

    private sealed class Members : IEnumerable
    {
        public string Text { get; private set; } = "";

        public void Add(int item, [CallerMemberName] string member = "") => Text += $"{member}:{item};";

        public IEnumerator GetEnumerator() => throw new NotSupportedException();
    }

    private static string Tell(int first, [InterpolatedStringHandlerArgument(nameof(first))] Told told) => told.ToString();

    private static string Text(int value, int first, [CallerArgumentExpression(nameof(value))] string text = "", [CallerLineNumber] int line = 0, [CallerMemberName] string member = "") =>
        member is nameof(Clauses) ? $"{text}+{line - first}" : member is nameof(Lines) ? $"{value}+{line - first}" : member;

    private static int Here([CallerLineNumber] int line = 0) => line;
}
