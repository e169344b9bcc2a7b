using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Shapes;

/// <summary>An assembly that two projects reference by different extern aliases.</summary>
public sealed class ExternAliasTests
{
    private static readonly PortableExecutableReference s_part = Reference("public class Part { public int Version => 1; }");

    [Fact]
    public void Each_project_writes_the_alias_that_it_gives_to_the_assembly()
    {
        var (old, other) = (Project("old"), Project("other"));
        AssertCompiles(old, "old::Part");
        AssertCompiles(other, "other::Part");
        Assert.Same(PartOf(old), PartOf(other)); // both see one symbol
    }

    private static CSharpCompilation Project(string alias) => Compiled.Compilation($$"""
        extern alias {{alias}};
        using Part = {{alias}}::Part;

        public static partial class Sample
        {
            [Tamed] public static partial void Keep(Event<int> done);
            private static void KeepBody(Event<int> done)
            {
                var part = new Part();
                using (twait()) asap(mkevent());
                done.Trigger(part.Version);
            }
        }
        """).AddReferences(s_part.WithAliases([alias]));

    private static void AssertCompiles(CSharpCompilation project, string field)
    {
        var (files, output) = Compiled.Generate(project);
        Assert.Empty(Compiled.Problems(output));
        Assert.Contains($"public {field}? part;", Assert.Single(files).SourceText.ToString(), StringComparison.Ordinal);
    }

    private static ISymbol? PartOf(CSharpCompilation project) => project.GetAssemblyOrModuleSymbol(project.References.Last());

    private static PortableExecutableReference Reference(string source)
    {
        using var image = new MemoryStream();
        Assert.True(Compiled.Compilation(source).WithAssemblyName("Parts").Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
