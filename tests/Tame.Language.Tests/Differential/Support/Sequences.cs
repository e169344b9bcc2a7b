using System.Collections;

namespace Tame.Language.Tests.Differential.Support;

/// <summary>What programs enumerate, by each way that C# has; whatever can be disposed of says so.</summary>
public sealed partial class World
{
    public int[] Array(params int[] items) => Go() ? items : [];

    public int[,] Grid(int rows, int columns)
    {
        var grid = new int[Go() ? rows : 0, columns];
        for (int i = 0; i < grid.Length; i++)
            grid[i / columns, i % columns] = i;
        return grid;
    }

    public string Letters(int count) => Go() ? "abcdef"[..count] : "";

    public List<int> List(int count) => [.. Enumerable.Range(1, Go() ? count : 0)];

    public IEnumerable<int> Numbers(int count)
    {
        try
        {
            for (int i = 0; i < count && Go(); i++)
                yield return i;
        }
        finally
        {
            Write("disposed");
        }
    }

    public IEnumerable Objects(int count) => Numbers(count);

    public IEnumerable<(int A, string B)> Pairs(int count) => Numbers(count).Select(n => (n, "p" + n));

    public StructSequence Structs(int count) => new(this, count);

    public PatternSequence Patterns(int count) => new(this, count);

    public ExtendedSequence Extended(int count) => new(this, count);
}

/// <summary>Enumerated by its pattern, with a struct as enumerator.</summary>
public readonly struct StructSequence(World world, int count)
{
    public StructEnumerator GetEnumerator() => new(world, count);
}

/// <summary>An enumerator that must not be copied: it counts in itself.</summary>
public struct StructEnumerator(World world, int count) : IDisposable
{
    private int _place;

    public readonly int Current => _place * 10;

    public bool MoveNext() => world.Go() && _place++ < count;

    public readonly void Dispose() => world.Write($"struct-{_place}");
}

/// <summary>Enumerated by its pattern; whether its enumerator can be disposed of shows at run time only.</summary>
public sealed class PatternSequence(World world, int count)
{
    public PatternEnumerator GetEnumerator() => count % 2 == 0 ? new PatternEnumerator(world, count) : new DisposablePatternEnumerator(world, count);
}

/// <summary>An enumerator that is no IDisposable.</summary>
public class PatternEnumerator(World world, int count)
{
    private int _place;

    public Pair Current => new() { A = _place, B = "c" };

    protected World World => world;

    public bool MoveNext() => world.Go() && _place++ < count;
}

/// <summary>An enumerator that is an IDisposable nevertheless.</summary>
public sealed class DisposablePatternEnumerator(World world, int count) : PatternEnumerator(world, count), IDisposable
{
    public void Dispose() => World.Write("pattern-");
}

/// <summary>Enumerated by an extension method.</summary>
public sealed class ExtendedSequence(World world, int count)
{
    internal IEnumerator<int> Enumerate() => world.Numbers(count).GetEnumerator();
}

/// <summary>The extension methods that programs use.</summary>
public static class Extensions
{
    public static IEnumerator<int> GetEnumerator(this ExtendedSequence sequence)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        return sequence.Enumerate();
    }

    /// <summary>The sum of what a function makes of the items; one overload, so that lambdas are bound once.</summary>
    public static int Fold(this int[] items, Func<int, int> function) => items.Aggregate(0, (sum, item) => sum + function(item));

    public static void Deconstruct(this Pair pair, out int a, out string? b) => (a, b) = (pair.A, pair.B);
}
