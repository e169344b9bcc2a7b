using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Pair;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Reuse;

/// <summary>
/// Binds what has changed, and otherwise returns its earlier results. It keeps no part of a compilation, and keeps results only as long as other code does.
/// Thread-safe.
/// </summary>
/// <param name="isClean">Whether an analyzer would report nothing about a method that has been bound.</param>
/// <param name="bind">Binds one method. An exception from it affects only that method.</param>
/// <param name="fewestAhead">The number of unbound methods from which it binds them all at once.</param>
internal sealed class KeyedBinder(Func<BindResult, bool> isClean, BindMethod bind, int fewestAhead = KeyedBinder.FewestAhead)
{
    private const int FirstSweep = 64;

    /// <summary>Fewer methods are bound on request, because starting threads costs as much.</summary>
    private const int FewestAhead = 8;
    private readonly Dictionary<Key, WeakReference<Bound>> _bound = [];
    private int _sweepAt = FirstSweep;

    /// <summary>Everything that a model depends on, except line numbers.</summary>
    private readonly record struct Key(Fingerprint Project, int Tree, int Ordinal, Fingerprint Declaration, Fingerprint Bodies);

    /// <summary>A requested declaration, and the candidates for its body.</summary>
    private readonly record struct Wanted(Key Key, MethodDeclarationSyntax Syntax, Candidate Candidate, IReadOnlyList<MethodText> Bodies);

    /// <summary>The methods that were bound ahead for the latest shape of the project. They are held until other code holds them.</summary>
    private IReadOnlyList<Bound> _ahead = [];
    private Fingerprint _aheadOf;

    /// <summary>
    /// The model of one declaration. The first declaration to be bound in a project of another shape has all others bound at the same time, if the compilation
    /// permits.
    /// </summary>
    public Bound Bind(MethodDeclarationSyntax syntax, Compilation compilation, CancellationToken cancellationToken)
    {
        try
        {
            return BindKeyed(syntax, compilation, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new Bound(null, null, -1, 0, 0) { Fault = Tamed(syntax, compilation, cancellationToken) is var (method, _) ? FaultOf(error, method) : null };
        }
    }

    private Bound BindKeyed(MethodDeclarationSyntax syntax, Compilation compilation, CancellationToken cancellationToken)
    {
        var wanted = WantedOf(syntax, compilation);
        var before = Find(wanted.Key);
        if (before is null && compilation.Options.ConcurrentBuild && IsNew(wanted.Key.Project))
        {
            BindAhead(compilation, cancellationToken);
            before = Find(wanted.Key);
        }

        if (before is null) return BindOne(wanted, compilation, out _, cancellationToken);
        var now = before.At(before.Body < 0 ? 0 : wanted.Bodies[before.Body].Line, wanted.Candidate.Line);
        return ReferenceEquals(now, before) ? before : Keep(wanted.Key, now);
    }

    private bool IsNew(Fingerprint shape)
    {
        lock (_bound)
        {
            if (_aheadOf == shape) return false;
            _aheadOf = shape;
            return true;
        }
    }

    /// <summary>
    /// Binds all unbound methods on all cores, like the compiler itself. The diagnostics for the paths of events are also computed here, while each body is
    /// bound. That is 6 % of this time, and saves the analyzer of the build from binding everything again.
    /// </summary>
    private void BindAhead(Compilation compilation, CancellationToken cancellationToken)
    {
        var missing = new List<Wanted>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var start in TreeShape.Of(tree).Candidates.Keys)
            {
                var syntax = tree.GetRoot(cancellationToken).FindToken(start).Parent!.FirstAncestorOrSelf<MethodDeclarationSyntax>()!;
                if (WantedOf(syntax, compilation) is var wanted && Find(wanted.Key) is null) missing.Add(wanted);
            }
        }

        if (missing.Count < fewestAhead) return;
        var ahead = new Bound[missing.Count];
        var clean = new ConcurrentBag<MethodDeclarationSyntax>();
        try
        {
            Parallel.For(0, ahead.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
            {
                ahead[i] = BindOne(missing[i], compilation, out var result, cancellationToken);
                if (isClean(result)) clean.Add(missing[i].Syntax);
            });
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Capture(several.InnerExceptions[0]).Throw();
        }

        _ahead = ahead;
        CleanMethods.Note(compilation, clean);
    }

    private Bound BindOne(Wanted wanted, Compilation compilation, out BindResult result, CancellationToken cancellationToken)
    {
        result = Bind(wanted.Syntax, compilation, out var fault, cancellationToken);
        var body = result.Body;
        var index = body is null ? -1 : IndexOf(body, wanted.Bodies);
        var bound = new Bound(result.Method, result.Refusal, index, index < 0 ? 0 : wanted.Bodies[index].Line, wanted.Candidate.Line) { Fault = fault };
        return body is null || index >= 0 || wanted.Candidate.NeedsAllText ? Keep(wanted.Key, bound) : bound;
    }

    private static Wanted WantedOf(MethodDeclarationSyntax syntax, Compilation compilation)
    {
        var tree = syntax.SyntaxTree;
        var project = ProjectShape.Of(compilation);
        var candidate = TreeShape.Of(tree).Candidates[syntax.SpanStart];
        var bodies = project.Bodies(candidate);
        var key = new Key(project.Shape, project.Index(tree), candidate.Ordinal, candidate.Text, candidate.NeedsAllText ? project.Text : TextOf(bodies));
        return new Wanted(key, syntax, candidate, bodies);
    }

    /// <summary>Binds one method. A fault affects only this method.</summary>
    private BindResult Bind(MethodDeclarationSyntax syntax, Compilation compilation, out Fault? fault, CancellationToken cancellationToken)
    {
        fault = null;
        if (Tamed(syntax, compilation, cancellationToken) is not var (method, attribute)) return default;
        try
        {
            return bind(method, syntax, attribute, compilation, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            fault = FaultOf(error, method);
            return default;
        }
    }

    private static Fault FaultOf(Exception error, IMethodSymbol method) => Fault.Of(error, Binder.Stage, Signatures.HintName(method));

    /// <summary>The symbol and attribute of a declaration that may be tamed, if it is.</summary>
    public static (IMethodSymbol Method, AttributeData Attribute)? Tamed(MethodDeclarationSyntax syntax, Compilation compilation, CancellationToken cancellationToken)
    {
        if (compilation.GetTypeByMetadataName(Binder.TamedAttribute) is not { } tamed
            || compilation.GetSemanticModel(syntax.SyntaxTree).GetDeclaredSymbol(syntax, cancellationToken) is not IMethodSymbol method
            || Pairing.AttributeOf(method, tamed) is not { } attribute
            || attribute.ApplicationSyntaxReference is not { } place || place.SyntaxTree != syntax.SyntaxTree || !syntax.Span.Contains(place.Span)) return null;
        return (method, attribute);
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

    /// <summary>Removes entries that were collected, rarely enough that it costs little per kept entry.</summary>
    private void Sweep()
    {
        foreach (var dead in _bound.Where(pair => !pair.Value.TryGetTarget(out _)).Select(pair => pair.Key).ToList()) _bound.Remove(dead);
        _sweepAt = Math.Max(FirstSweep, _bound.Count * 2);
    }
}
