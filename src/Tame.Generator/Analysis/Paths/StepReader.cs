using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Flow;

namespace Tame.Generator.Analysis.Paths;

/// <summary>Reads what the operations of a control-flow graph do to events, rendezvous and slots, in evaluation order.</summary>
internal sealed partial class StepReader
{
    private readonly PrimitiveSymbols _primitives;
    private readonly BodyFacts _facts;
    private readonly CaptureAliases _aliases;
    private readonly SteadyVariables _steady;
    private readonly Dictionary<CaptureId, ISymbol> _captured = new();
    private readonly Dictionary<CaptureId, IOperation?> _values = new();
    private readonly Dictionary<SyntaxNode, int> _waits = new();
    private readonly List<PathStep> _steps = new();

    public StepReader(PrimitiveSymbols primitives, BodyFacts facts, CaptureAliases aliases, SteadyVariables steady)
    {
        _primitives = primitives;
        _facts = facts;
        _aliases = aliases;
        _steady = steady;
        for (var i = 0; i < facts.Waits.Length; i++)
            _waits[facts.Waits[i].Call] = i;

        foreach (var parameter in facts.Method.Parameters)
        {
            if (parameter.RefKind == RefKind.None && primitives.IsEvent(parameter.Type) && !facts.Captures.IsCaptured(parameter))
                Table.AddHolder(parameter);
        }
    }

    public PathTable Table { get; } = new();

    public PathStep[][] Read(FlowBlocks blocks, CancellationToken cancellationToken)
    {
        var steps = new PathStep[blocks.All.Count][];
        for (var i = 0; i < steps.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _steps.Clear();
            Read(blocks.All[i]);
            steps[i] = _steps.ToArray();
        }

        return steps;
    }

    private void Read(FlowBlock block)
    {
        if (block.Awaited is { } wait)
            EndBlock(wait, _waits[wait.Syntax]);
        foreach (var operation in block.Operations)
            Read(operation);
        if (block.Started is { } start)
            ReadStart(start, block.Lambda!.Function);
        if (block.BranchValue is { } value)
            Read(value);
    }

    private void Read(IOperation operation)
    {
        switch (operation)
        {
            case INameOfOperation or IFlowAnonymousFunctionOperation:
                break;
            case IFlowCaptureOperation capture:
                ReadCapture(capture);
                break;
            case ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation:
                ReadReference(operation);
                break;
            case ISimpleAssignmentOperation assignment:
                ReadAssignment(assignment);
                break;
            case IPropertyReferenceOperation property:
                ReadProperty(property);
                break;
            case IInvocationOperation invocation:
                ReadInvocation(invocation);
                break;
            case IObjectCreationOperation creation:
                ReadArguments(creation, creation.Arguments);
                Add(PathStepKind.MayThrow, -1, creation);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Out } argument:
                ReadPlace(argument.Value);
                ForgetWritten(argument.Value);
                break;
            case IIncrementOrDecrementOperation or ICompoundAssignmentOperation:
                ReadUpdate(operation);
                break;
            default:
                ReadChildren(operation);
                NoteDesignation(operation);
                if (Throwing.May(operation))
                    Add(PathStepKind.MayThrow, -1, operation);
                break;
        }
    }

    private void ReadChildren(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
            Read(child);
    }

    /// <summary>A capture of a followed variable refers to that variable wherever it is named.</summary>
    private void ReadCapture(IFlowCaptureOperation capture)
    {
        if (_aliases.VariableOf(capture.Id) is not null)
            return;
        _values[capture.Id] = _values.ContainsKey(capture.Id) ? null : capture.Value;
        if (VariableOf(capture.Value) is { } variable && IsFollowed(variable))
            _captured[capture.Id] = variable;
        else
            Read(capture.Value);
    }

    private bool IsFollowed(ISymbol variable) => Table.Holder(variable) is not null || Table.RendezvousOf(variable) is not null;

    /// <summary>A variable that is named in any position not handled above.</summary>
    private void ReadReference(IOperation reference)
    {
        if (VariableOf(reference) is not { } variable)
            return;
        if (Table.Holder(variable) is { } holder)
            Add(PathStepKind.HandOn, holder, reference);
        else if (Table.RendezvousOf(variable) is { } rendezvous)
            Add(PathStepKind.Lose, rendezvous, reference);
        if (IsWrittenAt(reference))
        {
            NoteValue(variable, PathStepKind.SetUnknown, reference);
            ForgetWritten(reference);
        }

        if (_facts.Slots.Contains(variable) && !_facts.Captures.IsCaptured(variable))
            Add(PathStepKind.Read, Table.AddSlot(variable), reference);
    }

    /// <summary>A call has assigned an unknown event to the variable.</summary>
    private void ForgetWritten(IOperation place)
    {
        if (VariableOf(place) is { } variable && Table.Holder(variable) is { } holder)
            Add(PathStepKind.Forget, holder, place);
    }

    private void ReadAssignment(ISimpleAssignmentOperation assignment)
    {
        ReadPlace(assignment.Target);
        Read(assignment.Value);
        NoteAssignment(assignment);
        if (VariableOf(assignment.Target) is not { } variable || _facts.Captures.IsCaptured(variable))
            return;
        var value = Stripped(assignment.Value);
        if (variable is ILocalSymbol { IsRef: false } && value is IInvocationOperation make && _primitives.IsMkevent(make.TargetMethod))
            Add(PathStepKind.Assign, Table.AddHolder(variable), assignment);
        else if (Table.Holder(variable) is { } holder)
            Add(PathStepKind.Forget, holder, assignment);
        else if (value is IObjectCreationOperation && variable is ILocalSymbol { IsRef: false } && IsRendezvous(variable))
            Table.AddRendezvous(variable);
        else if (Table.RendezvousOf(variable) is { } rendezvous)
            Add(PathStepKind.Lose, rendezvous, assignment);
    }

    /// <summary>The operands that locate a written target are read. The variable itself is not.</summary>
    private void ReadPlace(IOperation place)
    {
        if (place is IDeclarationExpressionOperation declaration)
            place = declaration.Expression;
        if (VariableOf(place) is { } variable)
            NoteValue(variable, PathStepKind.SetUnknown, place);
        while (Storage.ContainerOf(place) is { } container)
            place = container;
        if (place is not (ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation or IDiscardOperation))
            Read(place);
    }

    private void ReadProperty(IPropertyReferenceOperation property)
    {
        if (property.Instance is { } instance && VariableOf(instance) is { } variable && Table.Holder(variable) is { } holder)
        {
            Add(PathStepKind.Ask, holder, property);
            return;
        }

        ReadChildren(property);
        Add(PathStepKind.MayThrow, -1, property);
    }

    private void Add(PathStepKind kind, int index, IOperation operation) => _steps.Add(new PathStep(kind, index, operation));

    public ISymbol? VariableOf(IOperation reference) => Stripped(reference) switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFlowCaptureReferenceOperation capture => _aliases.VariableOf(capture.Id) ?? (_captured.TryGetValue(capture.Id, out var variable) ? variable : null),
        _ => null,
    };

    private static IOperation Stripped(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } conversion)
            operation = conversion.Operand;
        return operation;
    }

    private bool IsRendezvous(ISymbol variable) => variable is ILocalSymbol { Type: { Name: "Rendezvous" } type }
        && SymbolEqualityComparer.Default.Equals(type.ContainingNamespace, _primitives.Primitives.ContainingNamespace);
}
