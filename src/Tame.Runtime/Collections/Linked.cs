using Tame.CompilerServices;

namespace Tame;

/// <summary>An object that can be in a list of its kind: the inbox, or an event's hooks. Calls and entries have no link, and are eight bytes smaller.</summary>
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

    /// <summary>The target of a free object's link.</summary>
    private sealed class FreeMark : Linked
    {
        public static readonly FreeMark Instance = new();
    }

#endif
}
