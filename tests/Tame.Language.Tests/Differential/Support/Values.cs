#pragma warning disable CA1051 // Slots are fields.
using System.Runtime.CompilerServices;

namespace Tame.Language.Tests.Differential.Support;

/// <summary>A struct with fields that may be slots.</summary>
public struct Pair
{
    public int A;
    public string? B;

    /// <summary>Changes the struct that it is called on.</summary>
    public int Grow() => ++A;

    public readonly override string ToString() => $"{A}/{B}";
}

/// <summary>An object with a field that may be a slot.</summary>
public sealed class Box<T>
{
    public T Value = default!;

    public override string ToString() => $"<{World.Text(Value)}>";
}

/// <summary>Four numbers in one value.</summary>
[InlineArray(4)]
public struct Four
{
    private int _first;

    public readonly override string ToString() => $"four{_first}{this[1]}{this[2]}{this[3]}";
}

/// <summary>What a switch may list without leaving one out.</summary>
public enum Side
{
    Left,
    Right,
    Top,
}

/// <summary>The exception of a generated program.</summary>
public class ProgramException(int number) : Exception($"failure {number}")
{
    public int Number { get; } = number;
}

/// <summary>A narrower exception, for catch clauses that take only some.</summary>
public sealed class NarrowException(int number) : ProgramException(number);
