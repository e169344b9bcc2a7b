namespace Tame.Language.Tests.Differential.Support;

/// <summary>A resource that lives on the stack and is disposed of by its pattern; its number shows whether it was copied.</summary>
public ref struct Lease(World world, int number)
{
    private readonly Span<int> _numbers = new int[] { number };

    public readonly int Number => _numbers[0];

    public int Next() => ++_numbers[0] + ++number;

    public readonly void Dispose() => world.Write($"-{number}");
}

/// <summary>A resource that lives on the stack and implements the interface.</summary>
public ref struct Loan(World world, int number) : IDisposable
{
    public readonly int Number => number;

    public int Next() => ++number;

    public readonly void Dispose() => world.Write($"-{number}");
}
