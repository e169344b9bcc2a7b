namespace Tame;

/// <summary>An index, or none, in four bytes. The default is none.</summary>
internal readonly struct OptionalIndex(int value)
{
    private readonly int _next = value + 1;

    public bool IsSet => _next != 0;

    /// <summary>The index. There must be one.</summary>
    public int Value => _next - 1;
}
