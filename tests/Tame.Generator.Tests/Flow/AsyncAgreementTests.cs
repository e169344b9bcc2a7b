using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tame.Generator.Tests.Flow;

/// <summary>csc decides for `async` bodies what the generator decides for tamed ones. On random bodies the two agree.</summary>
public sealed class AsyncAgreementTests
{
    private static readonly CSharpCompilation s_world = TamedBody.World
        .AddSyntaxTrees(CSharpSyntaxTree.ParseText(RandomBody.Types))
        .WithOptions(TamedBody.World.Options.WithOptimizationLevel(OptimizationLevel.Release));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_lives_across_a_wait_is_what_csc_hoists_across_an_await(int seed)
    {
        var statements = RandomBody.Write(seed);
        var tamed = TamedBody.Parse($$"""class Bodies : World { void Body(int p0, int p1) { {{statements}} } }""", s_world);
        var living = tamed.Flow.LiveAcross.Select(crossing => crossing.Local).OfType<ILocalSymbol>().Select(local => local.Name);

        Assert.Equal(Hoisted(statements).Order(), living.Order());
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 60)];

    // A hoisted local x7 is a field <x7>5__n of the state machine.
    private static List<string> Hoisted(string statements)
    {
        var awaiting = statements
            .Replace("Wait();", "await System.Threading.Tasks.Task.Yield();", StringComparison.Ordinal)
            .Replace("twait(Ids);", "await System.Threading.Tasks.Task.Yield();", StringComparison.Ordinal);
        var source = $$"""class Bodies : World { async System.Threading.Tasks.Task Body(int p0, int p1) { {{awaiting}} } }""";
        using var image = new MemoryStream();
        var emitted = s_world.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source)).Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics) + source);
        image.Position = 0;
        using var reader = new PEReader(image);
        var metadata = reader.GetMetadataReader();
        return metadata.FieldDefinitions
            .Select(handle => metadata.GetString(metadata.GetFieldDefinition(handle).Name))
            .Where(name => name.StartsWith("<x", StringComparison.Ordinal) && name.Contains(">5__", StringComparison.Ordinal))
            .Select(name => name[1..name.IndexOf('>', StringComparison.Ordinal)])
            .ToList();
    }
}
