namespace Tame.Language.Tests.Differential.Support;

/// <summary>Writes down when it is disposed of.</summary>
public sealed class Resource(World world, int number) : IDisposable
{
    public int Number { get; } = number;

    public void Dispose() => world.Write($"-{Number}");
}

/// <summary>A resource that shows whether it was copied: its number grows with each use.</summary>
public struct Counter(World world, int number) : IDisposable
{
    public int Next() => ++number;

    public readonly void Dispose() => world.Write($"-{number}");
}
