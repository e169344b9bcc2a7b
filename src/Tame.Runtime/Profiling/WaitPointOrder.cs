namespace Tame;

/// <summary>Orders wait points by method, and within a method the entry, the waits, and the end.</summary>
internal sealed class WaitPointOrder : IComparer<WaitPoint>
{
    public static readonly WaitPointOrder Instance = new();

    public int Compare(WaitPoint? left, WaitPoint? right)
    {
        if (left is null || right is null)
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        int order = string.CompareOrdinal(left.Method, right.Method);
        if (order == 0)
            order = left.Kind.CompareTo(right.Kind);
        if (order == 0)
            order = left.State.CompareTo(right.State);
        if (order == 0)
            order = string.CompareOrdinal(left.File, right.File);
        return order != 0 ? order : left.Line.CompareTo(right.Line);
    }
}
