using Microsoft.CodeAnalysis;

namespace Tame.Generator.Tests.Flow;

public sealed class OutParameterTests
{
    [Theory]
    [InlineData("o = 1; Wait();")]
    [InlineData("if (Maybe()) o = 1; else o = 2; Wait();")]
    [InlineData("Set(out o); twait(Ids); Wait();")]
    [InlineData("try { if (Maybe()) throw new Exception(); o = 1; } finally { Use(1); } Wait();")]
    [InlineData("while (true) { try { if (Maybe()) break; o = 1; } finally { Use(1); } Wait(); return; } o = 2;")]
    [InlineData("if (Maybe()) { o = 1; Wait(); } else o = 2;")]
    [InlineData("(o, _) = Pair(); Wait();")]
    [InlineData("using (twait()) { Go(mkevent()); o = 1; }")]
    [InlineData("o = 1; return; Wait();")]
    public void A_value_on_every_path_to_the_wait_is_enough(string statements)
    {
        var flow = TamedBody.Of(statements, "out int o").Flow;

        Assert.Empty(flow.OutParametersUnassignedAtWait);
        Assert.Empty(flow.OutParametersUsedAfterWait);
    }

    [Fact]
    public void A_struct_assigned_field_by_field_has_its_value() =>
        Assert.Empty(TamedBody.Of("o.X = 1; o.Y = 2; Wait();", "out Point o").Flow.OutParametersUnassignedAtWait);

    [Theory]
    [InlineData("Wait(); o = 1;", 1)]
    [InlineData("if (Maybe())\no = 1;\nWait(); o = 2;", 3)]
    [InlineData("try { o = Next(); }\nfinally { Wait(); }", 2)]
    [InlineData("try { o = Next(); }\ncatch { Wait(); o = 1; }", 2)]
    [InlineData("while (Maybe())\nWait();\no = 1;", 2)]
    [InlineData("Use(1);\ntwait(Ids); o = 1;", 2)]
    public void A_path_without_a_value_is_found(string statements, int line)
    {
        var body = TamedBody.Of(statements, "out int o");

        var (parameter, wait) = Assert.Single(body.Flow.OutParametersUnassignedAtWait);
        Assert.Equal("o", parameter.Name);
        Assert.Equal(line, body.LineOf(wait));
    }

    [Theory]
    [InlineData("o = 1; Wait();\no = 2;", 2)]
    [InlineData("o = 1; Wait();\nUse(o);", 2)]
    [InlineData("o = 1;\nwhile (Maybe()) {\nUse(o);\nWait(); }", 3)]
    [InlineData("o = 1;\ntry { Wait(); }\ncatch { Use(o); }", 3)]
    [InlineData("o = 1;\ntwait(Ids, out o);", 2)]
    [InlineData("o = 1;\nif (Maybe()) Wait();\no++;", 3)]
    [InlineData("o = 1;\nWait();\nChange(ref o);", 3)]
    public void A_use_that_may_come_after_a_wait_is_found(string statements, int line)
    {
        var body = TamedBody.Of(statements, "out int o");

        var (parameter, reference) = Assert.Single(body.Flow.OutParametersUsedAfterWait);
        Assert.Equal("o", parameter.Name);
        Assert.Equal("o", reference.ToString());
        Assert.Equal(line, body.LineOf(reference));
    }

    [Fact]
    public void A_field_written_after_a_wait_is_a_use() =>
        Assert.Single(TamedBody.Of("o = default; Wait(); o.X = 1;", "out Point o").Flow.OutParametersUsedAfterWait);

    [Fact]
    public void Each_parameter_and_wait_is_named() =>
        Assert.Equal(
            ["a", "b", "b"],
            TamedBody.Of("if (Maybe()) { Wait(); a = 1; } else { a = 1; Wait(); } b = 2;", "out int a, out int b")
                .Flow.OutParametersUnassignedAtWait.Select(pair => pair.Out.Name).Order());
}
