#pragma warning disable CA1051 // Slots are fields.
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

/// <summary>The exception of a generated program.</summary>
public class ProgramException(int number) : Exception($"failure {number}")
{
    public int Number { get; } = number;
}

/// <summary>A narrower exception, for catch clauses that take only some.</summary>
public sealed class NarrowException(int number) : ProgramException(number);
