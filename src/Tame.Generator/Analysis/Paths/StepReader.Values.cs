using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Analysis.Paths;

/// <summary>The values that variables get, because later conditions may test them.</summary>
internal sealed partial class StepReader
{
    /// <summary>A variable whose value changes only where this reader sees it.</summary>
    public ISymbol? SteadyVariableOf(IOperation reference) => VariableOf(Resolved(reference)) is { } variable && _steady.Contains(variable) ? variable : null;

    /// <summary>The operation that a capture of a value represents, if that is only one value.</summary>
    public IOperation Resolved(IOperation operation) =>
        operation is IFlowCaptureReferenceOperation capture && _values.TryGetValue(capture.Id, out var value) && value is not null ? Resolved(Stripped(value)) : operation;

    private void NoteValue(ISymbol variable, PathStepKind kind, IOperation operation)
    {
        if (_steady.Contains(variable))
            Add(kind, Table.AddValue(variable), operation);
    }

    private void NoteAssignment(ISimpleAssignmentOperation assignment)
    {
        if (VariableOf(assignment.Target) is { } variable)
            NoteValue(variable, assignment.IsRef ? PathStepKind.SetUnknown : PathStepKind.Set, assignment.IsRef ? assignment : assignment.Value);
    }

    private void ReadUpdate(IOperation update)
    {
        ReadChildren(update);
        var target = update is IIncrementOrDecrementOperation increment ? increment.Target : ((ICompoundAssignmentOperation)update).Target;
        if (VariableOf(target) is { } variable)
            NoteValue(variable, Summand(update) is null ? PathStepKind.SetUnknown : PathStepKind.Add, update);
        if (Throwing.May(update))
            Add(PathStepKind.MayThrow, -1, update);
    }

    /// <summary>The constant that an update adds, or null.</summary>
    public static long? Summand(IOperation update) => update switch
    {
        IIncrementOrDecrementOperation { OperatorMethod: null, Kind: var kind } => kind == OperationKind.Increment ? 1 : -1,
        ICompoundAssignmentOperation { OperatorMethod: null, OperatorKind: BinaryOperatorKind.Add } add => Constants.Of(add.Value) as long?,
        ICompoundAssignmentOperation { OperatorMethod: null, OperatorKind: BinaryOperatorKind.Subtract } subtract => -(Constants.Of(subtract.Value) as long?),
        _ => null,
    };

    private void NoteDesignation(IOperation operation)
    {
        var declared = operation switch
        {
            IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
            IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
            IListPatternOperation list => list.DeclaredSymbol,
            _ => null,
        };
        if (declared is not null)
            NoteValue(declared, PathStepKind.SetUnknown, operation);
    }

    private static bool IsWrittenAt(IOperation reference) => reference.Parent is IArgumentOperation { Parameter: null or { RefKind: not RefKind.None } }
        or ITupleOperation or IDeconstructionAssignmentOperation or IDynamicInvocationOperation;
}
