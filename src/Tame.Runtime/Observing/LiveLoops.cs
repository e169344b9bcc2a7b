namespace Tame;

/// <summary>The loops of this process that have not ended, in the order of making. Any thread.</summary>
internal static class LiveLoops
{
    private static readonly LiveList<EventLoop> s_all = new();

    /// <summary>A loop is made. Returns its number, from one.</summary>
    public static int Add(EventLoop loop) => s_all.Add(loop);

    /// <summary>The number of a guest that is not listed: there may be very many.</summary>
    public static int NextNumber() => s_all.NextNumber();

    /// <summary>A loop has ended.</summary>
    public static void Remove(EventLoop ended) => s_all.Remove(ended);

    public static List<EventLoop> All() => s_all.All().FindAll(static loop => !loop.IsEnded);
}
