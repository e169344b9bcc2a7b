using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace Tame.Generator.Tests.Debugging;

/// <summary>One sequence point: a place in a document, one-based.</summary>
internal readonly record struct Point(int StartLine, int StartColumn, int EndLine, int EndColumn)
{
    public override string ToString() => $"({StartLine}, {StartColumn}) - ({EndLine}, {EndColumn})";
}

/// <summary>A method of a compiled assembly as a debugger sees it: its own sequence points, hidden ones left out, and its locals.</summary>
internal sealed record MethodPoints(string Type, string Name, ImmutableArray<(string Document, Point Point)> Points, ImmutableArray<string> Locals);

/// <summary>An emitted assembly beside its portable PDB.</summary>
internal sealed record Emitted(ImmutableArray<byte> Assembly, ImmutableArray<byte> Symbols)
{
    /// <summary>Compiles, with a debugger in mind: as Debug is built unless the compilation says otherwise.</summary>
    public static Emitted Emit(Compilation compilation)
    {
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        return new Emitted([.. assembly.ToArray()], [.. symbols.ToArray()]);
    }

    public IReadOnlyList<MethodPoints> Methods()
    {
        using var assembly = new PEReader(Assembly);
        using var provider = MetadataReaderProvider.FromPortablePdbImage(Symbols);
        var (metadata, symbols) = (assembly.GetMetadataReader(), provider.GetMetadataReader());
        return [.. metadata.MethodDefinitions.Select(handle => Read(metadata, symbols, handle))];
    }

    /// <summary>The names of the fields of each type, in order.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<string>> Fields()
    {
        using var assembly = new PEReader(Assembly);
        var metadata = assembly.GetMetadataReader();
        return metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).GroupBy(type => metadata.GetString(type.Name)).ToDictionary(
            group => group.Key, group => group.SelectMany(type => type.GetFields()).Select(field => metadata.GetString(metadata.GetFieldDefinition(field).Name)).ToImmutableArray());
    }

    private static MethodPoints Read(MetadataReader metadata, MetadataReader symbols, MethodDefinitionHandle handle)
    {
        var method = metadata.GetMethodDefinition(handle);
        var points = symbols.GetMethodDebugInformation(handle.ToDebugInformationHandle()).GetSequencePoints().Where(point => !point.IsHidden)
            .Select(point => (symbols.GetString(symbols.GetDocument(point.Document).Name), new Point(point.StartLine, point.StartColumn, point.EndLine, point.EndColumn)));
        var locals = symbols.GetLocalScopes(handle).SelectMany(scope => symbols.GetLocalScope(scope).GetLocalVariables())
            .Select(local => symbols.GetString(symbols.GetLocalVariable(local).Name));
        return new MethodPoints(TypeName(metadata, method.GetDeclaringType()), metadata.GetString(method.Name), [.. points], [.. locals]);
    }

    private static string TypeName(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer ? TypeName(metadata, outer) + "+" + name : name;
    }
}
