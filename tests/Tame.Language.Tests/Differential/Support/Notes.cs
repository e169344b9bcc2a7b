#pragma warning disable CA1010, CA1710 // Notes are a collection to initializers only.
using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tame.Language.Tests.Differential.Support;

/// <summary>Writes down what the compiler tells about its callers.</summary>
public sealed partial class World
{
    public int Say(int value, [CallerArgumentExpression(nameof(value))] string text = "", [CallerLineNumber] int line = 0)
    {
        Write($"{line}:{text}");
        return value;
    }

    /// <summary>The caller's name; a body is called like its declaration on both sides.</summary>
    public int Where(int value, [CallerMemberName] string member = "")
    {
        Write(member.EndsWith("Body", StringComparison.Ordinal) ? member[..^"Body".Length] : member);
        return value;
    }

    /// <summary>Notes, or now and then null.</summary>
    public Notes? AnyNotes() => Next(4) == 0 ? null : [];
}

/// <summary>Writes down by which text it is made, filled and read.</summary>
public sealed class Notes : IEnumerable
{
    private int _sum;

    public Notes() => _sum = 0;

    public Notes(int first, [CallerArgumentExpression(nameof(first))] string text = "") => Note(first, text);

    public int Sum => _sum;

    public int this[int index, [CallerArgumentExpression(nameof(index))] string text = ""]
    {
        get => Note(index, text);
        set => Note(index, text);
    }

    public static int SumOf(Notes notes) => notes is null ? 0 : notes._sum;

    public void Add(int value, [CallerArgumentExpression(nameof(value))] string text = "", [CallerLineNumber] int line = 0) => Note(value, $"{line}:{text}");

    public void Add(int first, int second, [CallerArgumentExpression(nameof(second))] string text = "") => Note(first + second, text);

    public int Say(int value, [CallerArgumentExpression(nameof(value))] string text = "") => Note(value, text);

    /// <summary>What <c>from x in notes select …</c> calls.</summary>
    public int Select(Func<int, int> function, [CallerArgumentExpression(nameof(function))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(function);
        return Note(function(_sum & 7), text);
    }

    public IEnumerator GetEnumerator() => new[] { _sum }.GetEnumerator();

    public override string ToString() => $"notes{_sum}";

    private int Note(int value, string text)
    {
        World.Current.Write(text);
        _sum = unchecked(_sum + value);
        return value;
    }
}

/// <summary>Has notes that an initializer may add to.</summary>
public sealed class Notebook
{
    public Notes Notes { get; } = [];

    public Notes? None { get; }
}

/// <summary>An attribute that is told where it is written.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter)]
public sealed class NamedAttribute([CallerMemberName] string member = "", [CallerLineNumber] int line = 0) : Attribute
{
    /// <summary>What the attribute of a local function was told.</summary>
    public static string Of(Delegate function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Of(function.Method);
    }

    /// <summary>What the attribute of a local function's parameter was told.</summary>
    public static string OfParameter(Delegate function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Of(function.Method.GetParameters().Single());
    }

    private static string Of(ICustomAttributeProvider place)
    {
        var named = (NamedAttribute)place.GetCustomAttributes(typeof(NamedAttribute), inherit: false).Single();
        return $"{named.Line}:{named.Member.Replace("Body", "", StringComparison.Ordinal)}";
    }

    public string Member => member;

    public int Line => line;
}

/// <summary>An extension method that is told its receiver's text.</summary>
public static class Told
{
    public static int Said(this int value, [CallerArgumentExpression(nameof(value))] string text = "")
    {
        World.Current.Write(text);
        return value;
    }
}
