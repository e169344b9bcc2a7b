using Tame.Language.Tests.Differential.Writing;

namespace Tame.Language.Tests.Differential;

/// <summary>Which spans the writer assigns to which.</summary>
public sealed class SpanLocalTests
{
    private const string Type = "Span<int>";

    [Fact]
    public void A_scoped_span_goes_to_no_variable_of_a_block_further_out()
    {
        var (outer, inner) = (Scoped(0), Scoped(1));
        Assert.False(outer.Takes(inner.Reach));
        Assert.False(new SpanLocal("s", Type, Reach.Method, 1).Takes(inner.Reach));
        Assert.False(new SpanLocal("s", Type, Reach.Nowhere, 0).Takes(inner.Reach));
        Assert.False(new SpanLocal("s", Type, Reach.Nowhere, 0).Takes(outer.Reach));
        Assert.True(inner.Takes(outer.Reach));
        Assert.True(inner.Takes(Scoped(1).Reach));
    }

    [Fact]
    public void Memory_of_the_stack_goes_to_scoped_variables_and_a_temporary_nowhere()
    {
        Assert.True(Scoped(0).Takes(Reach.Method));
        Assert.False(new SpanLocal("s", Type, Reach.Everywhere, 1).Takes(Reach.Method));
        Assert.False(new SpanLocal("s", Type, Reach.Nowhere, 1).Takes(Reach.Nowhere));
        Assert.True(new SpanLocal("s", Type, Reach.Nowhere, 1).Takes(Reach.Everywhere));
    }

    private static SpanLocal Scoped(int depth) => new("s", Type, Reach.Block(depth), depth);
}
