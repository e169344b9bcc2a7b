namespace Tame;

/// <summary>The loops of this process that have not ended, in order of creation. Any thread may use it.</summary>
internal static class LiveLoops
{
    private static readonly LiveList<EventLoop> s_all = new();

    /// <summary>Adds a new loop. Returns its number, from one.</summary>
    public static int Add(EventLoop loop) => s_all.Add(loop);

    /// <summary>The number of a guest that is not listed, because there may be very many.</summary>
    public static int NextNumber() => s_all.NextNumber();

    /// <summary>Removes a loop that has ended.</summary>
    public static void Remove(EventLoop ended) => s_all.Remove(ended);

    public static List<EventLoop> All() => s_all.All().FindAll(static loop => !loop.IsEnded);
}
