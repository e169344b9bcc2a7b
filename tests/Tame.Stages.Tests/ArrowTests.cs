namespace Tame.Stages.Tests;

/// <summary>The package points to Tame alone: docs/architecture.md.</summary>
public sealed class ArrowTests
{
    [Fact]
    public void The_package_refers_to_the_runtime_and_to_nothing_else_of_Tame() =>
        Assert.Equal(
            ["Tame.Runtime"],
            typeof(Stage).Assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("Tame", StringComparison.Ordinal)));

    [Fact]
    public void The_runtime_does_not_refer_back() =>
        Assert.DoesNotContain(typeof(EventLoop).Assembly.GetReferencedAssemblies(), name => name.Name!.StartsWith("Tame", StringComparison.Ordinal));
}
