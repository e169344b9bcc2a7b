using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Flow;

/// <summary>
/// The basic blocks of a body and of the lambdas that run in place in it. Roslyn's graph of the body only names such a lambda. Here its blocks follow the part
/// of the block that ends at its `twait`, and the rest of that block follows them.
/// </summary>
internal sealed class FlowBlocks
{
    private readonly List<FlowBlock> _all = new();
    private readonly Dictionary<SyntaxNode, IFlowAnonymousFunctionOperation> _lambdas = new();
    private readonly PrimitiveSymbols _primitives;
    private readonly CancellationToken _cancellationToken;

    private FlowBlocks(PrimitiveSymbols primitives, CancellationToken cancellationToken)
    {
        _primitives = primitives;
        _cancellationToken = cancellationToken;
    }

    /// <summary>In source order, each at its index.</summary>
    public IReadOnlyList<FlowBlock> All => _all;

    public static FlowBlocks Of(IMethodBodyOperation body, PrimitiveSymbols primitives, CancellationToken cancellationToken)
    {
        var blocks = new FlowBlocks(primitives, cancellationToken);
        blocks.Add(new FlowPart(ControlFlowGraph.Create(body, cancellationToken)));
        return blocks;
    }

    private FlowPart Add(FlowPart part)
    {
        FindLambdas(part.Graph);
        foreach (var block in part.Graph.Blocks)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            part.Add(Add(part, block));
        }

        return part;
    }

    /// <summary>Adds the parts of a block. Returns the first.</summary>
    private FlowBlock Add(FlowPart part, BasicBlock block)
    {
        FlowBlock? first = null;
        IInvocationOperation? awaited = null;
        var from = 0;
        for (var i = 0; i < block.Operations.Length; i++)
        {
            if (StartIn(block.Operations[i]) is not { } call || LambdaOf(call) is not { } lambda) continue;
            var stretch = Add(new FlowBlock(_all.Count, part, block) { Operations = ImmutableArray.Create(block.Operations, from, i - from), Awaited = awaited, Started = call });
            first ??= stretch;
            stretch.Lambda = Add(new FlowPart(part.Graph.GetAnonymousFunctionControlFlowGraph(lambda, _cancellationToken)) { Function = lambda.Symbol, Host = stretch });
            (awaited, from) = (call, i + 1);
            stretch.Behind = _all.Count;
        }

        var rest = from == 0 ? block.Operations : ImmutableArray.Create(block.Operations, from, block.Operations.Length - from);
        var last = Add(new FlowBlock(_all.Count, part, block) { Operations = rest, Awaited = awaited });
        return first ?? last;
    }

    private FlowBlock Add(FlowBlock block)
    {
        _all.Add(block);
        return block;
    }

    private IInvocationOperation? StartIn(IOperation operation) =>
        operation is IExpressionStatementOperation { Operation: IInvocationOperation call } && _primitives.FormOf(call.TargetMethod) == WaitForm.Start ? call : null;

    /// <summary>If other arguments branch, the lambda is in a separate operation before the call.</summary>
    private IFlowAnonymousFunctionOperation? LambdaOf(IInvocationOperation call) =>
        StartLambda.Of((InvocationExpressionSyntax)call.Syntax) is { } syntax && _lambdas.TryGetValue(syntax, out var lambda) ? lambda : null;

    private void FindLambdas(ControlFlowGraph graph)
    {
        foreach (var lambda in graph.Blocks.SelectMany(block => block.Operations).SelectMany(operation => operation.DescendantsAndSelf()).OfType<IFlowAnonymousFunctionOperation>())
            _lambdas[lambda.Syntax] = lambda;
    }
}

/// <summary>The graph of the body, or of a lambda that runs in place.</summary>
internal sealed class FlowPart(ControlFlowGraph graph)
{
    private readonly List<FlowBlock> _first = new();

    public ControlFlowGraph Graph => graph;

    /// <summary>The lambda; null for the body.</summary>
    public IMethodSymbol? Function { get; init; }

    /// <summary>The part after which the lambda runs. Null for the body.</summary>
    public FlowBlock? Host { get; init; }

    /// <summary>The first part of a block.</summary>
    public FlowBlock this[int ordinal] => _first[ordinal];

    public void Add(FlowBlock first) => _first.Add(first);
}

/// <summary>A part of a basic block: the whole block, unless lambdas run in it.</summary>
internal sealed class FlowBlock(int index, FlowPart part, BasicBlock block)
{
    public int Index => index;

    public FlowPart Part => part;

    public BasicBlock Block => block;

    /// <summary>The `twait` whose lambda has run when the part begins. It waits now.</summary>
    public IInvocationOperation? Awaited { get; init; }

    /// <summary>The `twait` whose lambda runs when the part has ended. Its arguments are evaluated.</summary>
    public IInvocationOperation? Started { get; init; }

    public FlowPart? Lambda { get; set; }

    /// <summary>The index of the part after the lambda.</summary>
    public int Behind { get; set; }

    public required ImmutableArray<IOperation> Operations { get; init; }

    public bool IsEmpty => Operations.IsEmpty && Awaited is null && Started is null && BranchValue is null;

    /// <summary>The block of the body's graph in which the part runs.</summary>
    public BasicBlock InBody => part.Host is { } host ? host.InBody : block;

    /// <summary>Whether the body ends here.</summary>
    public bool IsExit => block.Kind == BasicBlockKind.Exit && part.Host is null;

    public IOperation? BranchValue => IsLast ? block.BranchValue : null;

    public ControlFlowConditionKind ConditionKind => IsLast ? block.ConditionKind : ControlFlowConditionKind.None;

    public ControlFlowBranch? ConditionalSuccessor => IsLast ? block.ConditionalSuccessor : null;

    public ControlFlowBranch? FallThroughSuccessor => IsLast ? block.FallThroughSuccessor : null;

    /// <summary>Whether the block continues to other blocks after this part.</summary>
    private bool IsLast => Started is null;
}
