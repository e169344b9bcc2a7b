using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Flow;

/// <summary>The facts that one walk over the operations of a body finds without following its paths: waits, slots, scopes, captured variables.</summary>
internal sealed class BodyFacts
{
    private readonly PrimitiveSymbols _primitives;
    private readonly List<WaitPoint> _waits = new();
    private readonly List<(SyntaxNode Loop, ISymbol Variable)> _enumerated = new();

    private BodyFacts(IMethodSymbol method, NestedFunctions nested, PrimitiveSymbols primitives)
    {
        Method = method;
        Owners = new HashSet<ISymbol>([method], SymbolEqualityComparer.Default);
        Nested = nested;
        Captures = new Captures(method, Owners, nested);
        Rendezvous = new OwnRendezvous(primitives);
        _primitives = primitives;
    }

    public IMethodSymbol Method { get; }

    public NestedFunctions Nested { get; }

    /// <summary>In source order, without those in nested functions.</summary>
    public ImmutableArray<WaitPoint> Waits { get; private set; }

    /// <summary>The functions whose variables belong to the body: the method, and the lambdas that run in place.</summary>
    public HashSet<ISymbol> Owners { get; }

    public HashSet<ISymbol> Slots { get; } = new(SymbolEqualityComparer.Default);

    public ScopeMap Scopes { get; } = new();

    public Captures Captures { get; }

    public OwnRendezvous Rendezvous { get; }

    public static BodyFacts Read(IMethodBodyOperation body, NestedFunctions nested, PrimitiveSymbols primitives, CancellationToken cancellationToken)
    {
        var method = (IMethodSymbol)body.SemanticModel!.GetDeclaredSymbol(body.Syntax, cancellationToken)!;
        var facts = new BodyFacts(method, nested, primitives);
        facts.Walk(body, cancellationToken);
        facts._waits.Sort((left, right) => left.Syntax.SpanStart.CompareTo(right.Syntax.SpanStart));
        facts.Waits = facts._waits.ToImmutableArray();
        facts.Slots.UnionWith(facts._enumerated.Where(loop => facts.HasWaitIn(loop.Loop)).Select(loop => loop.Variable));
        facts.Captures.Close(function => facts.Scopes.Of(function.Symbol) is { } scope && facts.HasWaitIn(scope.Node));
        return facts;
    }

    /// <summary>The index of the wait of the innermost block around a node, or null.</summary>
    public int? BlockAround(SyntaxNode place)
    {
        // In source order, so that inner ones come later.
        for (var i = Waits.Length - 1; i >= 0; i--)
        {
            if (Waits[i].IsBlock && Waits[i].Syntax.Span.Contains(place.Span))
                return i;
        }

        return null;
    }

    public bool HasWaitIn(SyntaxNode node) => Waits.Any(wait => node.Span.Contains(wait.Syntax.Span));

    // An explicit stack, because a chain of a thousand additions nests a thousand operations.
    private void Walk(IOperation body, CancellationToken cancellationToken)
    {
        var open = new Stack<(IOperation Operation, Scope? Scope, int Depth, LocalFunctionUses? Outer)>();
        open.Push((body, null, 0, null));
        while (open.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (operation, scope, depth, outer) = open.Pop();
            if (operation is INameOfOperation)
                continue;
            scope = Scopes.Enter(operation, scope);
            if (Nested.Is(operation) && depth++ == 0)
                outer = Captures.Enter(operation);
            Captures.Note(operation, depth, outer);
            Rendezvous.Note(operation, depth);
            if (depth == 0)
                Note(operation);
            foreach (var child in operation.ChildOperations)
                open.Push((child, scope, depth, outer));
        }
    }

    private void Note(IOperation operation)
    {
        if (operation is IUsingOperation statement && _primitives.IsTwaitBlock(statement))
            _waits.Add(new WaitPoint(statement.Syntax, statement.Resources.Syntax, WaitForm.Block));
        else if (operation is IInvocationOperation call && _primitives.FormOf(call.TargetMethod) is { } form and not WaitForm.Block)
            NoteWait(call, form);
        else if (operation is IInvocationOperation make && _primitives.IsMkevent(make.TargetMethod))
            NoteSlots(make);
        else if (operation is IForEachLoopOperation loop && InlineArrays.LengthOf(loop.Collection.Type) is not null && Storage.RootOf(loop.Collection) is { } root)
            _enumerated.Add((loop.Syntax, root)); // A loop iterates it in place.
    }

    private void NoteWait(IInvocationOperation call, WaitForm form)
    {
        _waits.Add(new WaitPoint(call.Syntax, call.Syntax, form));
        if (form == WaitForm.Join)
            NoteTargets(call);
        else
            NoteSlots(call);
        if (form == WaitForm.Start && StartLambda.Of(call) is { } lambda)
            Owners.Add(lambda.Symbol);
    }

    // A part of a variable is located before the wait and written after it, so the variable must be on the heap, like a slot.
    private void NoteTargets(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument is { Parameter.RefKind: RefKind.Out, Value: not (ILocalReferenceOperation or IDeclarationExpressionOperation) } && Storage.RootOf(argument.Value) is { } root)
                Slots.Add(root);
        }
    }

    private void NoteSlots(IInvocationOperation make)
    {
        foreach (var argument in make.Arguments)
        {
            if (argument.Parameter?.RefKind == RefKind.Out && Storage.RootOf(argument.Value) is { } root)
                Slots.Add(root);
        }
    }
}
