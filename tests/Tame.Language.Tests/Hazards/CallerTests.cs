using System.Collections;
using System.Runtime.CompilerServices;

namespace Tame.Language.Tests.Hazards;

/// <summary>What C# tells a callee about the text of its arguments, wherever C# calls something.</summary>
public sealed partial class CallerTests
{
    private sealed class Names : IEnumerable<int>
    {
        private readonly List<int> _items = [];

        public string Text { get; private set; } = "";

        public Names Inner => field ??= [];

        public int this[int index, [CallerArgumentExpression(nameof(index))] string text = ""]
        {
            get => Note(index, "get " + text);
            set => Note(index + value, "set " + text);
        }

        public void Add(int item, [CallerArgumentExpression(nameof(item))] string text = "") => Note(item, text);

        public void Add(string first, int second, int third = 3, [CallerArgumentExpression(nameof(second))] string text = "", [CallerArgumentExpression(nameof(first))] string text2 = "") =>
            Note(second + third, text2 + "," + text);

        public int Note(int item, string text)
        {
            _items.Add(item);
            Text += text + "=" + item + ";";
            return item;
        }

        public IEnumerator<int> GetEnumerator() => _items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    [Fact]
    public void A_slot_of_an_everyday_wait_tells_its_line() => Assert.Equal("2 3 4 5", Trace.Of(Slots));

    [Tamed] private static partial void Slots(Trace trace, Event done);

    private static void SlotsBody(Trace trace, Event done)
    {
        var first = Here();
        var slots = new int[1];
        twait(e => e.Trigger(1), out slots[Place(trace, first)]);
        twait(e => { e.Trigger(2); return; }, out slots[Place(trace, first)]);
        twait(Task.FromResult(3), out slots[Place(trace, first)]);
        using (twait()) mkevent(out slots[Place(trace, first)]).Trigger(4);
        done.Trigger();
    }

    [Fact]
    public void A_call_in_the_value_of_a_span_tells_its_line_whatever_is_around_it() => Assert.Equal("1 1 2 3 6 8 12 13 15 16 17 19 20 21 22 24 27 1", Trace.Of(Values));

    [Tamed] private static partial void Values(Trace trace, Event done);

#pragma warning disable IDE0055 // the holes of one string go over several lines
    private static void ValuesBody(Trace trace, Event done)
    {
        var (first, numbers) = (Here(), new[] { 1 });
        scoped ReadOnlySpan<char> text = ($"{Place(trace, first)}{numbers.Sum(n => n + Place(trace, first))}").AsSpan();
        text = $"{$"{numbers.Sum(n => n + Place(trace, first))}"}".AsSpan();
        text = ($"""{numbers.Sum(n => n + Place(trace, first))}""").AsSpan();
        text =
            ($"""
            {numbers.Sum(n => n + Place(trace, first))} of
            text, and
            {numbers.Sum(n => n + Place(trace, first))}
            """).AsSpan();
        text = ($"{
            numbers.Sum(n =>
                n + Place(trace, first))} {
            Place(trace, first)}"
            ).AsSpan();
        text = ($"{(from n in numbers select n + Place(trace, first)).Sum()}").AsSpan();
        Span<int> both = [Place(trace, first), numbers.Sum(n => n + first),
            Place(trace, first)];
        ref var at = ref both[
            Place(trace, first) + $"{numbers.Sum(n => n +
                Place(trace, first))}".Length + numbers.Sum(n => n + first -
                Place(trace, first) - first - n)];
        both[0] = text.Length + at + Place(trace, first);
        text = // the sum
            ($"{numbers.Sum(n => { var m = n; return new[] { 0 }.Sum(o => o + m + Place(trace, first)); })}").AsSpan();
        both[0] += text.Length;
        using (twait()) asap(mkevent());
        trace.Add(numbers.Sum(n => n + Place(trace, first)));
        done.Trigger();
    }
#pragma warning restore IDE0055

    private static int Place(Trace trace, int first, [CallerLineNumber] int line = 0)
    {
        trace.Add(line - first);
        return 0;
    }

    [InterpolatedStringHandler]
    private readonly struct Told
    {
        private readonly List<string> _parts = [];

        public Told(int literals, int holes) => _parts.Add($"{literals}/{holes}");

        public void AppendLiteral(string text) => _parts.Add(text.Trim());

        public void AppendFormatted<T>(T value, [CallerArgumentExpression(nameof(value))] string text = "") => _parts.Add($"{text}={value}");

        public override string ToString() => string.Join(",", _parts);
    }

    private delegate string Tells(int value, [CallerArgumentExpression(nameof(value))] string text = "");

    [Fact]
    public void Collection_and_index_initializers_tell_the_users_text() => Assert.Equal(
        "k=1;k + 1=2; k is int w ? w : 0=1;k switch { 1 => 5, _ => k }=5; set k=8; word,k * 2=5;\"x\",k=4; k=1; set k=2;get k=1; k=1;set k=8; k=1;", Trace.Of(Initializers));

    [Tamed] private static partial void Initializers(Trace trace, Event done);

    private static void InitializersBody(Trace trace, Event done)
    {
        var k = 1;
        var word = "w";
        Names? none = null;
        using (twait()) asap(mkevent());
        trace.Add(new Names { k, k + 1 }.Text);
        trace.Add(new Names { k is int w ? w : 0, k switch { 1 => 5, _ => k } }.Text);
        trace.Add(new Names { [k] = 7 }.Text);
        trace.Add(new Names { { word, k * 2 }, { "x", k } }.Text);
        trace.Add(new Names { Inner = { k } }.Inner.Text);
        Names? some = new() { [k] = k };
        trace.Add(some.Text + (some?[k] is 1 && none?[k] is null ? some!.Text[8..] : ""));
        Func<string> later = () => new Names { k }.Text + new Names { [k] = 7 }.Text;
        using (twait()) asap(mkevent());
        trace.Add(later());
        checked
        {
            Names made = new() { k };
            using (twait()) asap(mkevent());
            trace.Add(made.Text);
        }

        done.Trigger();
    }

    private sealed class Lines : IEnumerable
    {
        private readonly List<(string Member, int Line, int Value, string Text)> _items = [];

        public string From(int line) => string.Concat(_items.Select(item => $"{item.Member}:{item.Line - line}:{item.Value}={item.Text};"));

        public void Add(int item, [CallerMemberName] string member = "", [CallerLineNumber] int line = 0, int times = 2, [CallerArgumentExpression(nameof(item))] string text = "") =>
            _items.Add((member, line, item * times, text));

        public IEnumerator GetEnumerator() => _items.GetEnumerator();
    }

    [Fact]
    public void An_element_of_a_collection_expression_tells_the_users_text_whatever_is_in_it() => Assert.Equal(
        "(from q in some where q > 0 select q + k).Sum()=5;k is int v ? v : 0=1;k switch { 1 => 5, _ => k }=5; k = 3=3;k = 3=3; Collections:0:6=k;Collections:0:8=k + 1; one=1;k=3;k=3;k=3;k + one=4; k++=3;=4;",
        Trace.Of(Collections));

    [Tamed] private static partial void Collections(Trace trace, Event done);

    private static void CollectionsBody(Trace trace, Event done)
    {
        var k = 1;
        int[] some = [1, 2];
        using (twait()) asap(mkevent());
        Names made = [(from q in some where q > 0 select q + k).Sum(), k is int v ? v : 0, k switch { 1 => 5, _ => k }];
        trace.Add(made.Text);
        using (twait()) asap(mkevent());
        trace.Add(Text([k = 3, k = 3]));
        trace.Add(TextFrom(Here(), [k, k + 1]));
        const int one = 1;
        trace.Add(Text([one, k, k!, (k), checked(k + one)]));
        Func<Names> later = () => [k++];
        using (twait()) asap(mkevent());
        trace.Add(later().Text + $"={k};");
        done.Trigger();
    }

    [Fact]
    public void Collection_expressions_and_interpolated_strings_tell_the_users_text() => Assert.Equal(
        "k=1;k + 1=2; .. made=1;.. made=2;k=1; 3/2,a,k=1,,k++=1 k 2 k=2; 1/1,k=2,! other=9;", Trace.Of(Expressions));

    [Tamed] private static partial void Expressions(Trace trace, Event done);

    private static void ExpressionsBody(Trace trace, Event done)
    {
        var k = 1;
        using (twait()) asap(mkevent());
        Names made = [k, k + 1];
        trace.Add(made.Text);
        Names spread = [.. made, k];
        trace.Add(spread.Text);
        trace.Add(Tell($"a {k} {k++}"));
        Tells tells = (value, text) => text;
        trace.Add(tells(k));
        trace.Add(k);
        if (Text([k]) is { Length: > 0 } got)
        {
            using (twait()) asap(mkevent());
            trace.Add(got);
        }

        while (Tell($"{k}!") is { } text && k < 3)
        {
            using (twait()) asap(mkevent());
            trace.Add(text);
            k++;
        }

        {
            var other = 9;
            Names again = [other];
            using (twait()) asap(mkevent());
            trace.Add(again.Text);
        }

        done.Trigger();
    }

    private static string Tell(Told told) => told.ToString();

    private static string Text(Names names) => names.Text;

    private static int Here([CallerLineNumber] int line = 0) => line;

    private static string TextFrom(int line, Lines lines) => lines.From(line);
}
