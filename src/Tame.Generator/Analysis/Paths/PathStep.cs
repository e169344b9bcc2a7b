using Microsoft.CodeAnalysis;

namespace Tame.Generator.Analysis.Paths;

internal enum PathStepKind
{
    /// <summary>From here an exception may go to the handlers.</summary>
    MayThrow,

    /// <summary>Somebody else may complete the event in the variable from now on.</summary>
    HandOn,

    /// <summary>The body asks what became of the event: from here on nothing is certain.</summary>
    Ask,

    /// <summary>The body completes the event in the variable; <see cref="PathStep.Operation"/> is the call.</summary>
    Complete,

    /// <summary>A new event is put into the variable.</summary>
    Assign,

    /// <summary>Something else is put into the variable.</summary>
    Forget,

    /// <summary>An event is made; Index is that of its <see cref="MakeSite"/>.</summary>
    Make,

    /// <summary>A twait block waits for its events; Index is the wait's.</summary>
    EndBlock,

    /// <summary>One event of a rendezvous is joined.</summary>
    Join,

    /// <summary>A rendezvous is cancelled.</summary>
    Cancel,

    /// <summary>What becomes of a rendezvous is no longer known.</summary>
    Lose,

    /// <summary>The value of a slot is read.</summary>
    Read,

    /// <summary>A variable gets the value of <see cref="PathStep.Operation"/>.</summary>
    Set,

    /// <summary>A variable gets a value that the analysis does not know.</summary>
    SetUnknown,

    /// <summary>A constant is added to a variable.</summary>
    Add,

    /// <summary>No path goes on from here: a call that never returns.</summary>
    Leave,
}

/// <summary>What an operation does to the events of a body; Index is that of a variable, a rendezvous, a site, a slot or a wait.</summary>
internal readonly record struct PathStep(PathStepKind Kind, int Index, IOperation Operation);
