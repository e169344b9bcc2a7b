namespace Tame.Testing.Tests;

/// <summary>The package points to Tame alone, and to no test framework: docs/architecture.md.</summary>
public sealed class ArrowTests
{
    [Fact]
    public void The_package_refers_to_the_runtime_and_else_only_to_dotnet() =>
        Assert.Equal(
            ["Tame.Runtime"],
            typeof(TestLoop).Assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => !name.StartsWith("System.", StringComparison.Ordinal)));

    [Fact]
    public void The_runtime_does_not_refer_back() =>
        Assert.DoesNotContain(typeof(EventLoop).Assembly.GetReferencedAssemblies(), name => name.Name!.StartsWith("Tame", StringComparison.Ordinal));
}
