using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Flow;

/// <summary>Reads what the operations of a control-flow graph do to variables, in evaluation order.</summary>
internal sealed class EventReader
{
    private readonly PrimitiveSymbols _primitives;
    private readonly VariableTable _variables;
    private readonly CaptureAliases _aliases;
    private readonly Dictionary<SyntaxNode, int> _waits = new();
    private readonly List<FlowEvent> _events = new();

    // Writes whose location is known and whose time is later: an out argument is written after the call.
    private readonly List<FlowEvent> _pending = new();

    public EventReader(PrimitiveSymbols primitives, BodyFacts facts, VariableTable variables, CaptureAliases aliases)
    {
        _primitives = primitives;
        _variables = variables;
        _aliases = aliases;
        for (var i = 0; i < facts.Waits.Length; i++)
            _waits[facts.Waits[i].Call] = i;
    }

    public FlowEvent[][] Read(FlowBlocks blocks, CancellationToken cancellationToken)
    {
        var events = new FlowEvent[blocks.All.Count][];
        for (var i = 0; i < events.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            events[i] = Read(blocks.All[i]);
        }

        WeakenDesignations(events);
        return events;
    }

    private FlowEvent[] Read(FlowBlock block)
    {
        _events.Clear();
        if (block.Awaited is { } wait)
            _events.Add(new FlowEvent(FlowEventKind.Wait, _waits[wait.Syntax], wait));
        foreach (var operation in block.Operations)
            Read(operation);
        if (block.Started is { } start)
            ReadSlots(start);
        if (block.BranchValue is { } value)
            Read(value);
        return _events.Count == 0 ? [] : _events.ToArray();
    }

    private void Read(IOperation operation)
    {
        switch (operation)
        {
            case ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation:
                Note(FlowEventKind.Use, operation);
                break;
            case IFlowCaptureOperation capture:
                ReadCapture(capture);
                break;
            case ISimpleAssignmentOperation { IsRef: true } assignment:
                ReadRefAssignment(assignment);
                break;
            case ISimpleAssignmentOperation or IDeconstructionAssignmentOperation:
                ReadAssignment((IAssignmentOperation)operation);
                break;
            case IAssignmentOperation assignment:
                ReadUpdate(assignment.Target, assignment.Value);
                break;
            case IIncrementOrDecrementOperation increment:
                ReadUpdate(increment.Target, null);
                break;
            case IInvocationOperation invocation:
                ReadInvocation(invocation);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Out } argument:
                ReadPlace(argument.Value);
                break;
            case IPatternOperation pattern:
                ReadPattern(pattern);
                break;
            case INameOfOperation or IFlowAnonymousFunctionOperation:
                break;
            default:
                ReadChildren(operation);
                break;
        }
    }

    private void ReadChildren(IOperation operation)
    {
        var mark = _pending.Count;
        foreach (var child in operation.ChildOperations)
            Read(child);
        Settle(mark);
    }

    private void ReadCapture(IFlowCaptureOperation capture)
    {
        if (_aliases.VariableOf(capture.Id) is null)
            Read(capture.Value);
        else
            Note(FlowEventKind.Touch, capture.Value);
    }

    private void ReadAssignment(IAssignmentOperation assignment)
    {
        var mark = _pending.Count;
        ReadPlace(assignment.Target);
        Read(assignment.Value);
        Settle(mark);
    }

    // Only this assignment changes the target of a reference; a plain assignment writes through it.
    private void ReadRefAssignment(ISimpleAssignmentOperation assignment)
    {
        Read(assignment.Value);
        if (assignment.Target is ILocalReferenceOperation target)
            Note(FlowEventKind.Define, target);
        else
            Read(assignment.Target);
    }

    // `x += v`, `x++`: read, then written completely if it is a whole variable.
    private void ReadUpdate(IOperation target, IOperation? value)
    {
        Read(target);
        if (value is not null)
            Read(value);
        if (target is ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation)
            Note(WriteTo(target), target);
    }

    private void ReadInvocation(IInvocationOperation invocation)
    {
        var form = _primitives.FormOf(invocation.TargetMethod);
        if (form is WaitForm.Start or WaitForm.Task || _primitives.IsMkevent(invocation.TargetMethod))
        {
            ReadSlots(invocation);
            NoteWait(invocation, form);
            return;
        }

        var mark = _pending.Count;
        foreach (var child in invocation.ChildOperations)
            Read(child);
        NoteWait(invocation, form);
        Settle(mark);
    }

    // The location that an event will write becomes a slot when the event is created, whatever comes between that and the wait.
    private void ReadSlots(IInvocationOperation invocation)
    {
        var mark = _pending.Count;
        foreach (var child in invocation.ChildOperations)
            Read(child);
        Settle(mark, isSlot: true);
    }

    // The resource of a block has the syntax of its Dispose, but only the latter waits.
    private void NoteWait(IInvocationOperation invocation, WaitForm? form)
    {
        if (_waits.TryGetValue(invocation.Syntax, out var wait) && (form is not (null or WaitForm.Block) || _primitives.IsBlockDispose(invocation.TargetMethod)))
            _events.Add(new FlowEvent(FlowEventKind.Wait, wait, invocation));
    }

    // The operands that locate the target are read now. The write itself is pending.
    private void ReadPlace(IOperation place)
    {
        switch (place)
        {
            case IDeclarationExpressionOperation declaration:
                ReadPlace(declaration.Expression);
                break;
            case ITupleOperation tuple:
                foreach (var element in tuple.Elements)
                    ReadPlace(element);
                break;
            case ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation:
                Pend(WriteTo(place), place);
                break;
            default:
                ReadPart(place);
                break;
        }
    }

    // A write to a part of a variable neither needs its value nor replaces it.
    private void ReadPart(IOperation place)
    {
        if (place is ILocalReferenceOperation or IParameterReferenceOperation)
            Pend(FlowEventKind.Touch, place);
        else if (Storage.ContainerOf(place) is { } container)
        {
            ReadPart(container);
            if (place is IInlineArrayAccessOperation access)
                Read(access.Argument);
        }
        else
            Read(place);
    }

    // See WeakenDesignations for the pattern that does not match.
    private void ReadPattern(IPatternOperation pattern)
    {
        ReadChildren(pattern);
        var declared = pattern switch
        {
            IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
            IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
            IListPatternOperation list => list.DeclaredSymbol,
            _ => null,
        };
        if (declared is not null && _variables.IndexOrAdd(declared) is >= 0 and var index)
            _events.Add(new FlowEvent(FlowEventKind.Define, index, pattern));
    }

    // A pattern that does not match leaves its variable unchanged. If nothing else writes the variable, it had no value that a later read may see (definite
    // assignment), so the designation replaces it in both cases. Otherwise it replaces nothing.
    private void WeakenDesignations(FlowEvent[][] blocks)
    {
        var writes = new int[_variables.Count];
        foreach (var events in blocks)
        {
            foreach (var item in events)
            {
                if (item.Kind is FlowEventKind.Define or FlowEventKind.Touch)
                    writes[item.Index]++;
            }
        }

        foreach (var events in blocks)
        {
            for (var i = 0; i < events.Length; i++)
            {
                if (events[i] is { Kind: FlowEventKind.Define, Operation: IPatternOperation } item && writes[item.Index] > 1)
                    events[i] = new FlowEvent(FlowEventKind.Touch, item.Index, item.Operation);
            }
        }
    }

    private FlowEventKind WriteTo(IOperation place) =>
        VariableOf(place) is { } variable && Storage.IsReference(variable) ? FlowEventKind.Use : FlowEventKind.Define;

    private void Note(FlowEventKind kind, IOperation reference) => Append(_events, kind, reference);

    private void Pend(FlowEventKind kind, IOperation reference) => Append(_pending, kind, reference);

    private void Append(List<FlowEvent> events, FlowEventKind kind, IOperation reference)
    {
        if (VariableOf(reference) is not { } variable || _variables.IndexOrAdd(variable) is not (>= 0 and var index))
            return;
        if (kind == FlowEventKind.Touch && Storage.IsReference(variable))
            kind = FlowEventKind.Use;
        events.Add(new FlowEvent(kind, index, reference));
    }

    // A slot keeps its value until its event triggers, and permanently if the event is unblocked.
    private void Settle(int mark, bool isSlot = false)
    {
        for (var i = mark; i < _pending.Count; i++)
        {
            var write = _pending[i];
            _events.Add(isSlot && write.Kind == FlowEventKind.Define ? new FlowEvent(FlowEventKind.Touch, write.Index, write.Operation) : write);
        }

        _pending.RemoveRange(mark, _pending.Count - mark);
    }

    private ISymbol? VariableOf(IOperation reference) => reference switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFlowCaptureReferenceOperation capture => _aliases.VariableOf(capture.Id),
        _ => null,
    };
}
