using System.Reflection;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tame.Generator.Tests.Architecture;

/// <summary>A small house of the same plan, with one member put into one of its rooms.</summary>
internal static class WrongHouse
{
    private const string Neighbours = """
        namespace Tame.Generator { public class TopNeighbour { } }
        namespace Tame.Generator.Model { public class Neighbour { } }
        namespace Tame.Generator.Flow { public class Neighbour { public static Microsoft.CodeAnalysis.ISymbol Call() => null; } }
        namespace Tame.Generator.Binding { public class Neighbour { } }
        namespace Tame.Generator.Lowering { public class Neighbour { } }
        namespace Tame.Generator.Emission { public class Neighbour { } }
        namespace Microsoft.CodeAnalysis { public class AdhocName { } }
        """;

    public static Assembly With(string room, string member)
    {
        var source = $"{Neighbours}\nnamespace Tame.Generator.{room} {{ public class Added {{ {member} }} }}";
        var compilation = CSharpCompilation.Create(
            "WrongHouse",
            [CSharpSyntaxTree.ParseText(source)],
            [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(SyntaxNode).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return Assembly.Load(image.ToArray());
    }
}
