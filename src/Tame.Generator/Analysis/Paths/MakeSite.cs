using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Analysis.Paths;

/// <summary>One <c>mkevent</c> of a body, or a <c>twait</c> that makes an event itself: what its event belongs to, which variables it fills, and who gets it.</summary>
internal sealed class MakeSite(int index, IInvocationOperation call)
{
    public int Index => index;

    public IInvocationOperation Call => call;

    /// <summary>What a message about the event points at.</summary>
    public SyntaxNode Place { get; init; } = call.Syntax;

    /// <summary>A lambda that runs in place is given the event, and may read the slot after it has handed the event on.</summary>
    public bool IsOfLambda => Place != call.Syntax;

    /// <summary>The wait at the end of its block; null where it has a rendezvous.</summary>
    public int? Block { get; init; }

    /// <summary>The rendezvous, where that is a variable that the body alone uses.</summary>
    public int? Rendezvous { get; init; }

    /// <summary>The variables that are slots as a whole, by number, with the arguments that say so.</summary>
    public IReadOnlyList<(int Slot, IArgumentOperation Argument)> Slots { get; init; } = [];

    /// <summary>The variable that holds the event, where it is made into one.</summary>
    public int? Holder { get; init; }

    /// <summary>The body completes the event in the same expression.</summary>
    public bool IsCompleted { get; init; }

    /// <summary>The event is thrown away as soon as it is made.</summary>
    public bool IsDropped { get; init; }
}
