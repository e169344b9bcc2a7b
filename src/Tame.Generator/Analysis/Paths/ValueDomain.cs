namespace Tame.Generator.Analysis.Paths;

/// <summary>How the values of an expression are compared.</summary>
internal enum ValueKind
{
    Bool,
    Number,

    /// <summary>Null, strings that the body names, and all others.</summary>
    Reference,
}

/// <summary>
/// The values of one expression in as many regions as the conditions of a body distinguish, each a bit of a row that all expressions share. Numbers are in and
/// between the constants that they are compared with, so that <c>n &lt; 4</c> and <c>n >= 4</c> exclude each other.
/// </summary>
internal sealed class ValueDomain(ValueKind kind, long least, IEnumerable<object> constants)
{
    private readonly long[] _numbers = kind == ValueKind.Number ? [.. constants.OfType<long>().Distinct().OrderBy(number => number)] : [];
    private readonly string[] _strings = kind == ValueKind.Reference ? [.. constants.OfType<string>().Distinct()] : [];
    private int _offset;

    public int Width => kind switch
    {
        ValueKind.Bool => 2,
        ValueKind.Number => 2 * _numbers.Length + 1,
        _ => _strings.Length + 2,
    };

    public ulong All { get; private set; }

    /// <summary>Null, for a reference; false, for a bool.</summary>
    private ulong First => 1UL << _offset;

    public ulong NotNull => All & ~First;

    /// <summary>Assigns bits to the domain.</summary>
    public void Place(int offset)
    {
        _offset = offset;
        for (var region = 0; region < Width; region++)
        {
            if (kind != ValueKind.Number || Low(region) <= High(region))
                All |= 1UL << (offset + region);
        }
    }

    public ulong? EqualTo(object? value) => (kind, value) switch
    {
        (ValueKind.Bool, bool known) => known ? All & ~First : First,
        (ValueKind.Reference, null) => First,
        (ValueKind.Reference, string text) => Array.IndexOf(_strings, text) is >= 0 and var index ? First << (index + 1) : First << (_strings.Length + 1),
        (ValueKind.Number, long number) => Within(number, number),
        _ => null,
    };

    public ulong? GreaterThan(object? value) => kind == ValueKind.Number && value is long number ? All & ~Within(long.MinValue, number) : null;

    public ulong? LessThan(object? value) => kind == ValueKind.Number && value is long number ? All & ~Within(number, long.MaxValue) : null;

    /// <summary>The regions of values after a number is added to them. A counter does not overflow in a correct program.</summary>
    public ulong Shifted(ulong possible, long by)
    {
        if (kind != ValueKind.Number)
            return All;
        var shifted = 0UL;
        for (var region = 0; region < Width; region++)
        {
            if ((possible >> (_offset + region) & 1) != 0)
                shifted |= Within(Sum(Low(region), by), Sum(High(region), by));
        }

        return shifted & All;
    }

    private static long Sum(long bound, long by) => bound is long.MinValue or long.MaxValue ? bound : bound + by;

    /// <summary>The regions that overlap a range.</summary>
    private ulong Within(long low, long high)
    {
        var found = 0UL;
        for (var region = 0; region < Width; region++)
        {
            if (Low(region) <= high && High(region) >= low)
                found |= 1UL << (_offset + region);
        }

        return found & All;
    }

    private long Low(int region) => region == 0 ? least : _numbers[(region - 1) / 2] + (region % 2 == 0 ? 1 : 0);

    private long High(int region) => region == Width - 1 ? long.MaxValue : _numbers[region / 2] - (region % 2 == 0 ? 1 : 0);
}
