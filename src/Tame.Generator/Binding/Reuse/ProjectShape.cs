using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Tame.Generator.Binding.Reuse;

/// <summary>
/// The parts of a compilation that can affect any body in it, except the body's own text: files without the bodies of members, references, options.
/// </summary>
internal sealed class ProjectShape
{
    private static readonly ConditionalWeakTable<Compilation, ProjectShape> s_shapes = new();
    private readonly Dictionary<(string Type, string Name), List<MethodText>> _methods = [];
    private readonly Dictionary<SyntaxTree, int> _trees = [];
    private readonly Lazy<Fingerprint> _text;

    private ProjectShape(Compilation compilation)
    {
        var writer = new FingerprintWriter();
        writer.Add(compilation.AssemblyName ?? "");
        writer.Add(Identity.Of(compilation.Options));
        foreach (var reference in compilation.References) Add(writer, reference);
        foreach (var tree in compilation.SyntaxTrees)
        {
            var shape = TreeShape.Of(tree);
            writer.Add(shape.Shape);
            foreach (var method in shape.Methods) MethodsOf(method.Type, method.Name).Add(method);
            _trees.Add(tree, _trees.Count);
        }

        Shape = writer.Finish();
        _text = new Lazy<Fingerprint>(() => AllText(_trees.Keys));
    }

    public Fingerprint Shape { get; }

    /// <summary>All of the project's text.</summary>
    public Fingerprint Text => _text.Value;

    public static ProjectShape Of(Compilation compilation) => s_shapes.GetValue(compilation, static c => new ProjectShape(c));

    public int Index(SyntaxTree tree) => _trees[tree];

    /// <summary>The methods that may be the body of a declaration, in the order of the files.</summary>
    public IReadOnlyList<MethodText> Bodies(Candidate candidate)
    {
        if (candidate.Bodies is [var only]) return _methods.TryGetValue((candidate.Type, only), out var methods) ? methods : [];
        return [.. candidate.Bodies.Distinct().SelectMany(name => _methods.TryGetValue((candidate.Type, name), out var found) ? found : [])];
    }

    private static Fingerprint AllText(IEnumerable<SyntaxTree> trees)
    {
        var writer = new FingerprintWriter();
        foreach (var tree in trees) writer.Add(TreeShape.Of(tree).AllText.Value);
        return writer.Finish();
    }

    private List<MethodText> MethodsOf(string type, string name)
    {
        if (!_methods.TryGetValue((type, name), out var methods)) _methods.Add((type, name), methods = []);
        return methods;
    }

    /// <summary>A project that is referenced as source counts by its shape, so that typing in a body there binds nothing here.</summary>
    private static void Add(FingerprintWriter writer, MetadataReference reference)
    {
        writer.Add(string.Join(",", reference.Properties.Aliases.IsDefault ? [] : reference.Properties.Aliases.AsEnumerable()));
        if (reference is CompilationReference { Compilation: { Language: LanguageNames.CSharp } other }) writer.Add(Of(other).Shape);
        else writer.Add(Identity.Of(reference));
    }
}
