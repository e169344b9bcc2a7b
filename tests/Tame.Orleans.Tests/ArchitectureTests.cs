using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tame.Orleans.Tests;

/// <summary>The package points to Tame and to the core of Orleans, and uses their public members.</summary>
public sealed class ArchitectureTests
{
    private static readonly string[] s_orleans = ["Orleans.Core", "Orleans.Core.Abstractions", "Orleans.Runtime", "Orleans.Serialization", "Orleans.Serialization.Abstractions"];

    [Fact]
    public void It_refers_to_Tame_and_to_what_the_runtime_of_Orleans_brings()
    {
        var references = typeof(TamedGrainAttribute).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!).ToList();
        Assert.Contains("Tame.Runtime", references);
        Assert.All(references, name => Assert.True(
            name == "Tame.Runtime" || s_orleans.Contains(name) || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal), name));
    }

    [Fact]
    public void Tame_does_not_show_it_its_internals()
    {
        var friends = typeof(EventLoop).Assembly.GetCustomAttributes<InternalsVisibleToAttribute>().Select(friend => friend.AssemblyName).ToList();
        Assert.NotEmpty(friends);
        Assert.DoesNotContain("Tame.Orleans", friends);
    }
}
