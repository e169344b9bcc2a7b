using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Flow;

/// <summary>Tells which flow captures refer to a variable itself (`k = c ? 1 : 2` captures the location k), not to its value.</summary>
internal sealed class CaptureAliases
{
    // Null for a capture of several variables (a ref conditional), which is read where it is captured, and written nowhere.
    private readonly Dictionary<CaptureId, ISymbol?> _captured = new();
    private readonly HashSet<CaptureId> _written = new();

    private CaptureAliases()
    {
    }

    public static CaptureAliases Read(FlowBlocks blocks)
    {
        var aliases = new CaptureAliases();
        foreach (var block in blocks.All)
        {
            foreach (var operation in block.Operations)
                aliases.Walk(operation);
            if (block.Started is { } start)
                aliases.Walk(start);
            if (block.BranchValue is { } value)
                aliases.Walk(value);
        }

        return aliases;
    }

    public ISymbol? VariableOf(CaptureId id) => _written.Contains(id) && _captured.TryGetValue(id, out var variable) ? variable : null;

    private void Walk(IOperation operation)
    {
        switch (operation)
        {
            case IFlowCaptureOperation capture:
                NoteCapture(capture);
                break;
            case IAssignmentOperation assignment:
                NoteTarget(assignment.Target);
                break;
            case IIncrementOrDecrementOperation increment:
                NoteTarget(increment.Target);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Out } argument:
                NoteTarget(argument.Value);
                break;
        }

        foreach (var child in operation.ChildOperations)
            Walk(child);
    }

    private void NoteCapture(IFlowCaptureOperation capture)
    {
        ISymbol? variable = capture.Value switch
        {
            ILocalReferenceOperation reference => reference.Local,
            IParameterReferenceOperation reference => reference.Parameter,
            _ => null,
        };
        if (_captured.TryGetValue(capture.Id, out var known) && !SymbolEqualityComparer.Default.Equals(known, variable))
            variable = null;
        _captured[capture.Id] = variable;
    }

    private void NoteTarget(IOperation target)
    {
        if (target is IFlowCaptureReferenceOperation reference)
            _written.Add(reference.Id);
        else if (target is ITupleOperation tuple)
            foreach (var element in tuple.Elements)
                NoteTarget(element);
    }
}
