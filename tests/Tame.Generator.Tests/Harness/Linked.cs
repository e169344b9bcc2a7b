using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace Tame.Generator.Tests.Harness;

/// <summary>Compiles assemblies one upon the other, each with the generator on, and runs what the last of them has in <c>Sample.Run</c>.</summary>
internal sealed class Linked
{
    private readonly List<(string Name, string Source, string Alias, OutputKind Kind)> _parts = [];

    /// <summary>Adds an assembly that sees the earlier ones, by an extern alias where one is given there.</summary>
    public Linked Add(string name, string source, string alias = "", OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        _parts.Add((name, source, alias, kind));
        return this;
    }

    /// <summary>
    /// Runs <c>public static void Run(List&lt;string&gt; trace, Event done)</c> on a loop of its own, and returns what it traced. Nothing may be amiss
    /// before: not in the sources, not in what is generated, not by our own rules.
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
