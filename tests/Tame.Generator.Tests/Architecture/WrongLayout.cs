using System.Reflection;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tame.Generator.Tests.Architecture;

/// <summary>A small assembly with the folders of the generator, and one member added to one of them.</summary>
internal static class WrongLayout
{
    private const string Neighbours = """
        namespace Tame.Generator { public class TopNeighbour { } }
        namespace Tame.Generator.Model { public class Neighbour { } }
        namespace Tame.Generator.Flow { public class Neighbour { public static Microsoft.CodeAnalysis.ISymbol Call() => null; } }
        namespace Tame.Generator.Binding { public class Neighbour { } }
        namespace Tame.Generator.Binding.Text { public class Neighbour { } }
        namespace Tame.Generator.Binding.Pair { public class Neighbour { } }
        namespace Tame.Generator.Binding.Facts { public class Neighbour { } }
        namespace Tame.Generator.Binding.Rewrite { public class Neighbour { } }
        namespace Tame.Generator.Binding.Spine { public class Neighbour { } }
        namespace Tame.Generator.Analysis { public class Neighbour { } }
        namespace Tame.Generator.Analysis.Paths { public class Neighbour { } }
        namespace Tame.Generator.Lowering { public class Neighbour { } }
        namespace Tame.Generator.Emission { public class Neighbour { } }
        namespace Microsoft.CodeAnalysis { public class AdhocName { } }
        """;

    public static Assembly With(string folder, string member) =>
        Compile([$"{Neighbours}\nnamespace Tame.Generator.{folder} {{ public class Added {{ {member} }} }}"]);

    public static Assembly Compile(IEnumerable<string> files)
    {
        var compilation = CSharpCompilation.Create(
            "WrongLayout",
            files.Select(file => CSharpSyntaxTree.ParseText(file)),
            [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(SyntaxNode).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return Assembly.Load(image.ToArray());
    }
}
