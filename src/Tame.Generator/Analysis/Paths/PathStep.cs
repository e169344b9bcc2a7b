using Microsoft.CodeAnalysis;

namespace Tame.Generator.Analysis.Paths;

internal enum PathStepKind
{
    /// <summary>From here an exception may go to the handlers.</summary>
    MayThrow,

    /// <summary>Other code may complete the event in the variable from now on.</summary>
    HandOn,

    /// <summary>The body checks the state of the event. From here on nothing is certain.</summary>
    Ask,

    /// <summary>The body completes the event in the variable; <see cref="PathStep.Operation"/> is the call.</summary>
    Complete,

    /// <summary>A new event is assigned to the variable.</summary>
    Assign,

    /// <summary>Something else is assigned to the variable.</summary>
    Forget,

    /// <summary>An event is created. Index is that of its <see cref="MakeSite"/>.</summary>
    Make,

    /// <summary>A twait block waits for its events. Index is the wait's.</summary>
    EndBlock,

    /// <summary>One event of a rendezvous is joined.</summary>
    Join,

    /// <summary>A rendezvous is cancelled.</summary>
    Cancel,

    /// <summary>The state of a rendezvous is no longer known.</summary>
    Lose,

    /// <summary>The value of a slot is read.</summary>
    Read,

    /// <summary>A variable gets the value of <see cref="PathStep.Operation"/>.</summary>
    Set,

    /// <summary>A variable gets a value that the analysis does not know.</summary>
    SetUnknown,

    /// <summary>A constant is added to a variable.</summary>
    Add,

    /// <summary>No path continues from here: a call that never returns.</summary>
    Leave,
}

/// <summary>The effect of an operation on the events of a body. Index is that of a variable, a rendezvous, a site, a slot, or a wait.</summary>
internal readonly record struct PathStep(PathStepKind Kind, int Index, IOperation Operation);
