using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Profiling;

/// <summary>The description of a method's waits in generated code, read on demand.</summary>
public sealed class WaitPointTests
{
    private static readonly ClosureType s_type = new("Demo.Shop.Buy", "Shop.cs", line: 7, waits: "2 at 9: twait(a at 1: b);\n3 at 12: using (twait()) Pay(mkevent());");

    [Fact]
    public void Each_state_has_its_line_and_statement()
    {
        Assert.Equal(new WaitPoint(WaitPointKind.Wait, "Demo.Shop.Buy", 2, "Shop.cs", 9, "twait(a at 1: b);"), s_type.WaitPoint(2));
        Assert.Equal(new WaitPoint(WaitPointKind.Wait, "Demo.Shop.Buy", 3, "Shop.cs", 12, "using (twait()) Pay(mkevent());"), s_type.WaitPoint(3));
    }

    [Fact]
    public void Entry_and_end_are_at_the_name()
    {
        Assert.Equal(new WaitPoint(WaitPointKind.Entry, "Demo.Shop.Buy", 0, "Shop.cs", 7, ""), s_type.WaitPoint(0));
        Assert.Equal(new WaitPoint(WaitPointKind.End, "Demo.Shop.Buy", -1, "Shop.cs", 7, ""), s_type.WaitPoint(-1));
    }
}
