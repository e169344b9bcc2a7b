namespace Tame.Language.Tests.Locals;

/// <summary>Locals of every type over waits, and those that cannot be kept beside them.</summary>
public sealed partial class KeptTests
{
    private struct Point
    {
        public int X, Y;

        public int Sum() => X += Y;
    }

    [Fact]
    public void Values_of_every_type_live_across_a_wait() => Assert.Equal("3 5 5 null 1.5 (1, a) 7 2 0 x", Trace.Of(Types));

    private static void Types(Trace trace, Event done) => Types(trace, 0, "x", done);

    [Tamed] private static partial void Types<TValue, TClass>(Trace trace, TValue number, TClass text, Event done) where TClass : class;

    private static void TypesBody<TValue, TClass>(Trace trace, TValue number, TClass text, Event done) where TClass : class
    {
        Point point = default;
        point.X = 1;
        point.Y = 2;
        int? nullable = 5;
        int? none = null;
        decimal big = 1.5m;
        (int Id, string Name) tuple = (1, "a");
        dynamic anything = 3;
        int[] list = { 1, 2 };
        int[,] matrix = { { 1, 2 }, { 3, 4 } };
        TValue? initial = default;
        TClass? given = text;
        using (twait()) asap(mkevent());
        trace.Add(point.Sum());
        using (twait()) asap(mkevent());
        trace.Add(point.Sum());
        trace.Add(nullable);
        trace.Add(none?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null");
        trace.Add(big);
        trace.Add(tuple);
        trace.Add(anything + matrix[1, 1]);
        trace.Add(list.Length);
        trace.Add(initial);
        trace.Add(given);
        done.Trigger();
    }

    [Fact]
    public void Refs_and_spans_may_live_between_waits() => Assert.Equal("5 6 0 2 1 9 3", Trace.Of(Refs));

    [Tamed] private static partial void Refs(Trace trace, Event done);

    private static void RefsBody(Trace trace, Event done)
    {
        var array = new[] { 1, 2, 3 };
        using (twait()) asap(mkevent());
        {
            ref var r = ref array[1];
            r = 5;
        }

        trace.Add(array[1]);
        using (twait()) asap(mkevent());
        {
            ref var r = ref array[2];
            r = 6;
        }

        trace.Add(array[2]);
        for (var i = 0; i < 2; i++)
        {
#pragma warning disable CA2014 // a few bytes a turn
            Span<int> s = stackalloc int[3];
            s[1] = i;
            trace.Add(s[1]);
            if (i == 0)
            {
                Span<byte> b = stackalloc byte[] { 1, 2 };
                trace.Add(b.Length);
                using (twait()) asap(mkevent());
            }
            else
            {
                ReadOnlySpan<byte> b = stackalloc byte[9];
                trace.Add(b.Length);
                using (twait()) asap(mkevent());
            }
        }

#pragma warning restore CA2014
        ReadOnlySpan<int> rest = array;
        trace.Add(rest.Length);
        done.Trigger();
    }

    [Fact]
    public void Lambdas_and_local_functions_share_parameters_and_top_level_locals_with_the_body() =>
        Assert.Equal("1 2 3 4 14 3,4", Trace.Of(Captures));

    private static void Captures(Trace trace, Event done) => Captures(trace, 1, done);

    [Tamed] private static partial void Captures(Trace trace, int parameter, Event done);

    private static void CapturesBody(Trace trace, int parameter, Event done)
    {
        var local = 1;
        var next = () => ++local;
        trace.Add(Current());
        using (twait()) asap(mkevent());
        trace.Add(next());
        local++;
        using (twait()) asap(mkevent());
        trace.Add(Current());
        parameter += next();
        var old = parameter;
        trace.Add(old - 1);
        Add(10);
        trace.Add(Current());
        var query = from n in new[] { 1, 2, 3, 4 } where n > local - 12 select n;
        using (twait()) asap(mkevent());
        trace.Add(string.Join(",", query));
        done.Trigger();

        int Current() => local;

        void Add(int n) => local += n;
    }

    [Fact]
    public void Variables_declared_in_expressions_leak_as_they_do() => Assert.Equal("12 True 3:4 5 6 a=1", Trace.Of(Leaks));

    [Tamed] private static partial void Leaks(Trace trace, Event done);

    private static void LeaksBody(Trace trace, Event done)
    {
        if (!int.TryParse("12", out var number)) throw new FormatException();
        var ok = int.TryParse("13", out _);
        using (twait()) asap(mkevent());
        trace.Add(number);
        trace.Add(ok);
        var (first, (second, _)) = (3, (4, 5));
        (int third, var fourth) = (5, 6);
        using (twait()) asap(mkevent());
        trace.Add($"{first}:{second}");
        trace.Add(third);
        trace.Add(fourth);
        foreach (var (key, value) in new Dictionary<string, int> { ["a"] = 1 })
        {
            using (twait()) asap(mkevent());
            trace.Add($"{key}={value}");
        }

        done.Trigger();
    }
}
