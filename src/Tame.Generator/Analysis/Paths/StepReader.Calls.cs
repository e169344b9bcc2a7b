using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Tame.Generator.Flow;

namespace Tame.Generator.Analysis.Paths;

/// <summary>The effects of calls: the primitives, and the methods of events and rendezvous.</summary>
internal sealed partial class StepReader
{
    private void ReadInvocation(IInvocationOperation call)
    {
        var target = call.TargetMethod;
        if (_primitives.IsMkevent(target))
            ReadMake(call);
        else if (_primitives.FormOf(target) is { } form and not WaitForm.Block)
            ReadWait(call, form);
        else if (_primitives.IsBlockDispose(target) && _waits.TryGetValue(call.Syntax, out var block))
            EndBlock(call, block);
        else if (call.Instance is { } instance && VariableOf(instance) is { } variable)
            ReadCallOn(call, variable);
        else
        {
            ReadArguments(call, call.Arguments);
            if (!_primitives.IsTwaitBlock(target))
                AddCall(call);
        }
    }

    /// <summary>The call passes on an event among its arguments, after all arguments have been read.</summary>
    private void ReadArguments(IOperation call, ImmutableArray<IArgumentOperation> arguments)
    {
        var given = arguments.Where(argument => argument.Parameter?.RefKind == RefKind.None && VariableOf(argument.Value) is { } variable && Table.Holder(variable) is not null)
            .ToList<IOperation>();
        foreach (var child in call.ChildOperations.Where(child => !given.Contains(child)))
            Read(child);
        foreach (var argument in given)
            Read(argument);
    }

    private void AddCall(IInvocationOperation call)
    {
        Add(PathStepKind.MayThrow, -1, call);
        if (Returning.Never(call.TargetMethod))
            Add(PathStepKind.Leave, -1, call);
    }

    private void EndBlock(IInvocationOperation call, int block)
    {
        Add(PathStepKind.EndBlock, block, call);
        Add(PathStepKind.MayThrow, -1, call);
    }

    private void ReadCallOn(IInvocationOperation call, ISymbol variable)
    {
        if (Table.Holder(variable) is { } holder)
            ReadEventCall(call, holder);
        else if (Table.RendezvousOf(variable) is { } rendezvous)
            ReadRendezvousCall(call, rendezvous);
        else
        {
            ReadArguments(call, call.Arguments);
            AddCall(call);
        }
    }

    private void ReadEventCall(IInvocationOperation call, int holder)
    {
        foreach (var argument in call.Arguments)
            Read(argument);
        switch (call.TargetMethod.Name)
        {
            case "Trigger" or "Fail" or "Unblock":
                Add(PathStepKind.Complete, holder, call);
                break;
            case "AtTrigger" or "OnComplete" or "ToString" or "GetHashCode":
                break; // they only read
            case "Equals":
                Add(PathStepKind.Ask, holder, call);
                break;
            default:
                Add(PathStepKind.HandOn, holder, call);
                break;
        }
    }

    private void ReadRendezvousCall(IInvocationOperation call, int rendezvous)
    {
        foreach (var argument in call.Arguments)
            Read(argument);
        Add(
            call.TargetMethod.Name switch
            {
                "Cancel" or "Dispose" => PathStepKind.Cancel,
                "TryJoin" => PathStepKind.Join,
                _ => PathStepKind.Lose,
            },
            rendezvous,
            call);
    }

    private void ReadWait(IInvocationOperation call, WaitForm form)
    {
        if (form == WaitForm.Join)
        {
            ReadJoin(call);
            return;
        }

        ReadStart(call, lambda: null);
        EndBlock(call, _waits[call.Syntax]);
    }

    /// <summary>A wait that creates its event itself, and passes it to a lambda that runs in place or to a task.</summary>
    private void ReadStart(IInvocationOperation call, IMethodSymbol? lambda)
    {
        foreach (var argument in call.Arguments)
            Read(argument);
        var parameter = lambda is null ? null : StartLambda.ParameterOf(lambda);
        var site = new MakeSite(Table.Sites.Count, call)
        {
            Place = ((ISymbol?)parameter ?? lambda)?.DeclaringSyntaxReferences[0].GetSyntax() ?? call.Syntax,
            Block = _waits[call.Syntax],
            Slots = [.. SlotsOf(call)],
            Holder = parameter is not null && !_facts.Captures.IsCaptured(parameter) ? Table.AddHolder(parameter) : null,
            IsDropped = lambda is not null && parameter is null,
        };
        Table.Add(site);
        Add(PathStepKind.Make, site.Index, call);
        if (site.Holder is { } holder)
            Add(PathStepKind.Assign, holder, call);
    }

    private void ReadJoin(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (VariableOf(argument.Value) is { } variable && Table.RendezvousOf(variable) is { } rendezvous)
                Add(PathStepKind.Join, rendezvous, call);
            else
                Read(argument);
        }

        Add(PathStepKind.Join, -1, call);
        Add(PathStepKind.MayThrow, -1, call);
    }

    private void ReadMake(IInvocationOperation call)
    {
        int? rendezvous = null;
        foreach (var argument in call.Arguments)
        {
            if (VariableOf(argument.Value) is { } variable && Table.RendezvousOf(variable) is { } found)
                rendezvous = found;
            else
                Read(argument);
        }

        var site = new MakeSite(Table.Sites.Count, call)
        {
            Block = _primitives.IsMkeventOfBlock(call.TargetMethod) ? _facts.BlockAround(call.Syntax) : null,
            Rendezvous = rendezvous,
            Slots = [.. SlotsOf(call)],
            Holder = HolderOf(call),
            IsCompleted = Parent(call) is IInvocationOperation { TargetMethod.Name: "Trigger" or "Fail" or "Unblock" } completion && completion.Instance is { } receiver && Stripped(receiver) == call,
            IsDropped = Parent(call) is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation },
        };
        Table.Add(site);
        Add(PathStepKind.Make, site.Index, call);
    }

    private IEnumerable<(int, IArgumentOperation)> SlotsOf(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments.Where(argument => argument.Parameter?.RefKind == RefKind.Out))
        {
            var place = Storage.PlaceOf(argument);
            if (place is ILocalReferenceOperation or IParameterReferenceOperation && VariableOf(place) is { } variable && !_facts.Captures.IsCaptured(variable))
                yield return (Table.AddSlot(variable), argument);
        }
    }

    private int? HolderOf(IInvocationOperation call) =>
        Parent(call) is ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: { IsRef: false } local } } && !_facts.Captures.IsCaptured(local)
            ? Table.AddHolder(local) : null;

    private static IOperation? Parent(IOperation operation)
    {
        var parent = operation.Parent;
        while (parent is IConversionOperation { IsImplicit: true })
            parent = parent.Parent;
        return parent;
    }
}
