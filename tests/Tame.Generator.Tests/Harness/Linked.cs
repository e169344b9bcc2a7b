using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace Tame.Generator.Tests.Harness;

/// <summary>Compiles assemblies that depend on each other, each with the generator, and runs <c>Sample.Run</c> of the last one.</summary>
internal sealed class Linked
{
    private readonly List<(string Name, string Source, string Alias, OutputKind Kind)> _parts = [];

    /// <summary>Adds an assembly that references the earlier ones, by an extern alias if they have one.</summary>
    public Linked Add(string name, string source, string alias = "", OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        _parts.Add((name, source, alias, kind));
        return this;
    }

    /// <summary>
    /// Runs <c>public static void Run(List&lt;string&gt; trace, Event done)</c> on a separate loop, and returns its trace. Before that, nothing may be
    /// reported: not in the sources, not in generated code, not by TAME rules.
    /// </summary>
    public async Task<string> Run()
    {
        var context = new AssemblyLoadContext(nameof(Linked), isCollectible: true);
        var references = new List<MetadataReference>();
        Action<List<string>, Event>? run = null;
        foreach (var (name, source, alias, kind) in _parts)
        {
            var image = await Compile(name, source, kind, references);
            var reference = MetadataReference.CreateFromImage(image);
            references.Add(alias.Length > 0 ? reference.WithAliases([alias]) : reference);
            run = context.LoadFromStream(new MemoryStream(image)).GetType("Sample")?.GetMethod("Run")?.CreateDelegate<Action<List<string>, Event>>();
        }

        var trace = new List<string>();
        EventLoop.Run(done => run!(trace, done), new EventLoopOptions { VirtualTime = true });
        context.Unload();
        return string.Join(" ", trace);
    }

    private static async Task<byte[]> Compile(string name, string source, OutputKind kind, IEnumerable<MetadataReference> references)
    {
        var compilation = Compiled.Compilation(source).WithAssemblyName(name).AddReferences(references);
        compilation = compilation.WithOptions(compilation.Options.WithOutputKind(kind));
        Assert.Empty(await Compiled.Analyze(compilation));
        var output = Compiled.Generate(compilation).Output;
        Assert.Empty(Compiled.Problems(output, DiagnosticSeverity.Warning));
        using var image = new MemoryStream();
        Assert.True(output.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        return image.ToArray();
    }
}
