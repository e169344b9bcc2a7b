using Tame.CompilerServices;

namespace Tame;

/// <summary>What can stand in a list of its own kind: the inbox, or an event's hooks. Calls and entries do without, and are eight bytes smaller.</summary>
internal abstract class Linked : Work
{
    /// <summary>The link of the one list that holds this.</summary>
    internal Linked? Next;

#if DEBUG
    internal override bool IsFree
    {
        get => ReferenceEquals(Next, FreeMark.Instance);
        set => Next = value ? FreeMark.Instance : null;
    }

    /// <summary>What the link of a free object points to.</summary>
    private sealed class FreeMark : Linked
    {
        public static readonly FreeMark Instance = new();
    }

#endif
}
