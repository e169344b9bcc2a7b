namespace Tame.CompilerServices;

/// <summary>A <c>twait</c> block inside another. The outermost block of a call is the closure itself.</summary>
internal sealed class NestedBlock : Block
{
    private Closure? _owner;

    /// <summary>The enclosing block. Null if that is the closure itself.</summary>
    public NestedBlock? Parent { get; private set; }

    private protected override Closure Owner => _owner!;

    public void Open(Closure owner, NestedBlock? parent)
    {
        _owner = owner;
        Parent = parent;
    }

    public void Free()
    {
        var loop = _owner!.Loop;
        _owner = null;
        Parent = null;
        loop?.Pools.NestedBlocks.Return(this);
    }
}
