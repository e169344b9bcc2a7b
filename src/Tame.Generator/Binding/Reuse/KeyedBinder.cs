using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Reuse;

/// <summary>
/// Binds what has to be bound anew, and otherwise hands out what it bound before. It keeps nothing of a compilation, and what it bound only as long as
/// somebody else does. Thread-safe.
/// </summary>
internal sealed class KeyedBinder
{
    private const int FirstSweep = 64;
    private readonly Dictionary<Key, WeakReference<Bound>> _bound = [];
    private int _sweepAt = FirstSweep;

    /// <summary>All that a model depends on, apart from the lines that things stand in.</summary>
    private readonly record struct Key(Fingerprint Project, int Tree, int Ordinal, Fingerprint Declaration, Fingerprint Bodies);

    public Bound Bind(MethodDeclarationSyntax syntax, Compilation compilation, CancellationToken cancellation)
    {
        var tree = syntax.SyntaxTree;
        var project = ProjectShape.Of(compilation);
        var candidate = TreeShape.Of(tree).Candidates[syntax.SpanStart];
        var bodies = project.Bodies(candidate);
        var key = new Key(project.Shape, project.Index(tree), candidate.Ordinal, candidate.Text, candidate.NeedsAllText ? project.Text : TextOf(bodies));
        if (Find(key) is { } before)
        {
            var now = before.At(before.Body < 0 ? 0 : bodies[before.Body].Line, candidate.Line);
            return ReferenceEquals(now, before) ? before : Keep(key, now);
        }

        var result = Bind(syntax, compilation, out var body, cancellation);
        var index = body is null ? -1 : IndexOf(body, bodies);
        var bound = new Bound(result.Method, result.Refusal, index, index < 0 ? 0 : bodies[index].Line, candidate.Line);
        return body is null || index >= 0 || candidate.NeedsAllText ? Keep(key, bound) : bound;
    }

    private static BindResult Bind(MethodDeclarationSyntax syntax, Compilation compilation, out MethodDeclarationSyntax? body, CancellationToken cancellation)
    {
        body = null;
        if (compilation.GetTypeByMetadataName(Binder.TamedAttribute) is not { } tamed
            || compilation.GetSemanticModel(syntax.SyntaxTree).GetDeclaredSymbol(syntax, cancellation) is not IMethodSymbol method
            || Pairing.AttributeOf(method, tamed) is not { } attribute
            || attribute.ApplicationSyntaxReference is not { } place || place.SyntaxTree != syntax.SyntaxTree || !syntax.Span.Contains(place.Span)) return default;
        var result = Binder.Bind(method, syntax, attribute, compilation, cancellation);
        body = result.Body;
        return result;
    }

    private static int IndexOf(MethodDeclarationSyntax body, IReadOnlyList<MethodText> bodies)
    {
        for (var i = 0; i < bodies.Count; i++)
        {
            if (bodies[i].Tree == body.SyntaxTree && bodies[i].Start == body.SpanStart) return i;
        }

        return -1;
    }

    private static Fingerprint TextOf(IReadOnlyList<MethodText> bodies)
    {
        if (bodies is [var only]) return only.Text;
        var writer = new FingerprintWriter();
        foreach (var body in bodies) writer.Add(body.Text);
        return writer.Finish();
    }

    private Bound? Find(Key key)
    {
        lock (_bound) return _bound.TryGetValue(key, out var kept) && kept.TryGetTarget(out var bound) ? bound : null;
    }

    private Bound Keep(Key key, Bound bound)
    {
        lock (_bound)
        {
            _bound[key] = new WeakReference<Bound>(bound);
            if (_bound.Count >= _sweepAt) Sweep();
        }

        return bound;
    }

    /// <summary>Forgets what nobody has any more; so rarely that it costs little for each one kept.</summary>
    private void Sweep()
    {
        foreach (var dead in _bound.Where(pair => !pair.Value.TryGetTarget(out _)).Select(pair => pair.Key).ToList()) _bound.Remove(dead);
        _sweepAt = Math.Max(FirstSweep, _bound.Count * 2);
    }
}
