namespace Tame.Runtime.Tests.Collections;

public sealed class SparsePoolTests
{
    [Fact]
    public void Each_kind_keeps_its_pool_as_the_table_grows()
    {
        var pools = new SparsePools();
        int[] kinds = [.. Enumerable.Range(0, 40).Select(i => i * i * 64 % 4093)];      // many fall on the same place
        var items = kinds.ToDictionary(kind => kind, _ => new Item());
        foreach (int kind in kinds)
        {
            Assert.Null(pools[kind].Rent());
            pools[kind].Return(items[kind]);
        }
        Assert.Equal(kinds.Order(), pools.Kinds.Order());
        Assert.All(kinds, kind => Assert.Equal(1, pools[kind].Count));
        Assert.All(kinds, kind => Assert.Same(items[kind], pools[kind].Rent()));
    }

    private sealed class Item : Message
    {
        internal override void Run(EventLoop loop)
        {
        }

        internal override void Drop(EventLoop loop)
        {
        }
    }
}
