using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Analysis.Paths;

/// <summary>
/// One <c>mkevent</c> of a body, or a <c>twait</c> that creates an event itself: the owner of its event, the variables that it fills, and its recipient.
/// </summary>
internal sealed class MakeSite(int index, IInvocationOperation call)
{
    public int Index => index;

    public IInvocationOperation Call => call;

    /// <summary>The location of a message about the event.</summary>
    public SyntaxNode Place { get; init; } = call.Syntax;

    /// <summary>A lambda that runs in place receives the event, and may read the slot after it has passed the event on.</summary>
    public bool IsOfLambda => Place != call.Syntax;

    /// <summary>The wait at the end of its block. Null if it has a rendezvous.</summary>
    public int? Block { get; init; }

    /// <summary>The rendezvous, if it is a variable that only the body uses.</summary>
    public int? Rendezvous { get; init; }

    /// <summary>The variables that are completely slots, by number, with their arguments.</summary>
    public IReadOnlyList<(int Slot, IArgumentOperation Argument)> Slots { get; init; } = [];

    /// <summary>The variable that holds the event, if it is created directly into one.</summary>
    public int? Holder { get; init; }

    /// <summary>True if the body completes the event in the same expression.</summary>
    public bool IsCompleted { get; init; }

    /// <summary>True if the event is discarded as soon as it is created.</summary>
    public bool IsDropped { get; init; }
}
