using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tame.Language.Tests.Shapes;

/// <summary>What a declaration may say about its parameters: <c>params</c> of all kinds, defaults, attributes.</summary>
public sealed partial class ParameterTests
{
    [Fact]
    public void Params_may_be_an_array_or_any_collection() => Assert.Equal("3 2 1 0 2", Trace.Of(Params));

    [Tamed] private static partial void Params(Trace trace, Event done);

    private static void ParamsBody(Trace trace, Event done)
    {
        using (twait()) Array(trace, mkevent(), 1, 2, 3);
        using (twait()) Sequence(trace, mkevent(), "a", "b");
        using (twait()) List(trace, mkevent(), 1.5);
        using (twait()) ReadOnly<int>(trace, mkevent());
        using (twait()) Events(trace, mkevent(), mkevent());
        done.Trigger();
    }

    [Tamed] private static partial void Array(Trace trace, Event done, params int[] items);

    private static void ArrayBody(Trace trace, Event done, int[] items)
    {
        using (twait()) asap(mkevent());
        trace.Add(items.Length);
        done.Trigger();
    }

    [Tamed] private static partial void Sequence(Trace trace, Event done, params IEnumerable<string> items);

    private static void SequenceBody(Trace trace, Event done, params IEnumerable<string> items)
    {
        using (twait()) asap(mkevent());
        trace.Add(items.Count());
        done.Trigger();
    }

    [Tamed] private static partial void List(Trace trace, Event done, params List<double> items);

    private static void ListBody(Trace trace, Event done, List<double> items)
    {
        using (twait()) asap(mkevent());
        trace.Add(items.Count);
        done.Trigger();
    }

    [Tamed] private static partial void ReadOnly<T>(Trace trace, Event done, params IReadOnlyList<T> items);

    private static void ReadOnlyBody<T>(Trace trace, Event done, IReadOnlyList<T> items)
    {
        using (twait()) asap(mkevent());
        trace.Add(items.Count);
        done.Trigger();
    }

    [Tamed] private static partial void Events(Trace trace, params Event[] all);

    private static void EventsBody(Trace trace, Event[] all)
    {
        using (twait()) asap(mkevent());
        trace.Add(all.Length);
        foreach (var each in all) each.Trigger();
    }

    [Fact]
    public void Defaults_of_every_kind_are_the_declarations() =>
        Assert.Equal("Friday,-,-,00:00:00,1.5,2001-02-03,7,x,-,-9223372036854775808,NaN", Trace.Of(Defaults));

    [Tamed] private static partial void Defaults(Trace trace, Event done);

    private static void DefaultsBody(Trace trace, Event done)
    {
        using (twait()) Defaulted(trace, mkevent());
        done.Trigger();
    }

    private static class Constants
    {
        public const int Seven = 7;
    }

    [Tamed]
    private static partial void Defaulted(
        Trace trace, Event done, [Optional, DateTimeConstant(631167552000000000)] DateTime date, DayOfWeek day = DayOfWeek.Friday, DayOfWeek? maybe = null, int? number = default, TimeSpan time = default, decimal money = 1.5m,
        int seven = Constants.Seven, char letter = 'x', string? text = null, long least = long.MinValue,
        double nothing = double.NaN);

    private static void DefaultedBody(
        Trace trace, Event done, DateTime date, DayOfWeek day, DayOfWeek? maybe, int? number, TimeSpan time, decimal money, int seven, char letter, string? text, long least,
        double nothing)
    {
        using (twait()) asap(mkevent());
        object?[] all = [day, maybe, number, time, money.ToString(CultureInfo.InvariantCulture), date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), seven, letter, text, least, nothing];
        trace.Add(string.Join(",", all.Select(one => one ?? "-")));
        done.Trigger();
    }

    [Fact]
    public void Caller_information_reaches_a_declaration_and_a_callee_as_the_text_says() =>
        Assert.Equal("Callers ParameterTests.cs 1 + 1 True | Callers ParameterTests.cs kept + 1 True", Trace.Of(Callers));

    [Tamed] private static partial void Callers(Trace trace, Event done);

    private static void CallersBody(Trace trace, Event done)
    {
        var kept = 1;
        using (twait()) Called(trace, 1 + 1, mkevent());
        trace.Add("|");
        using (twait())
        {
            var before = Line();
            Called(trace, kept + 1, mkevent(), expected: before + 1);
        }

        done.Trigger();
    }

    private static int Line([CallerLineNumber] int line = 0) => line;

    [Tamed]
    private static partial void Called(
        Trace trace, int value, Event done, int expected = 0, [CallerMemberName] string member = "", [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0, [CallerArgumentExpression(nameof(value))] string text = "");

    private static void CalledBody(Trace trace, int value, Event done, int expected, string member, string file, int line, string text)
    {
        using (twait()) asap(mkevent());
        trace.Add($"{member} {Path.GetFileName(file)} {text} {(expected == 0 ? line > 0 : line == expected)}");
        done.Trigger();
    }

    [Fact]
    public void Tuples_keep_their_names_and_attributes_their_meaning() => Assert.Equal("1 b (3, c)", Trace.Of(Attributes));

    [Tamed] private static partial void Attributes(Trace trace, Event done);

    private static void AttributesBody(Trace trace, Event done)
    {
        string? text = null;
        using (twait()) Attributed((1, "b"), ref_: null, ref text, trace, mkevent());
        done.Trigger();
    }

    private static void Attributed((int, string) pair, object? ref_, ref string? text, Trace trace, Event done)
    {
        text = "c";
        Attributed(pair, new List<(int Id, (string Inner, int) More)> { (3, (text, 4)) }, ref_, trace, done);
    }

    [Tamed]
    private static partial void Attributed(
        (int Number, string Text) pair, List<(int Id, (string Inner, int) More)> list, [AllowNull, NotNullIfNotNull(nameof(pair))] object given,
        Trace trace, [SuppressMessage("a", "b")] Event done);

    private static void AttributedBody((int Number, string Text) pair, List<(int Id, (string Inner, int) More)> list, [AllowNull] object given, Trace trace, Event done)
    {
        var last = list[^1];
        using (twait()) asap(mkevent());
        trace.Add(pair.Number);
        trace.Add(pair.Text);
        trace.Add((last.Id, last.More.Inner));
        given?.ToString();
        done.Trigger();
    }
}
