namespace ClusterProgram;

/// <summary>The sites, in memory: each page takes a while, and one attempt in twenty fails.</summary>
public static partial class Upstream
{
    private static int s_tries;

    /// <summary>The text of a page, by which a test recognizes the correct result.</summary>
    public static string TitleOf(string host, int page) => $"{host}/{page} has {1 + (page * 7919 + host.Length * 31) % 1000} words";

    /// <summary>Fetches a page.</summary>
    [Tamed] public static partial void Fetch(string host, int page, Event<string> got);

    private static void FetchBody(string host, int page, Event<string> got)
    {
        int tries = Interlocked.Increment(ref s_tries);
        twait(e => timer(TimeSpan.FromMilliseconds(20 + page * 37 % 60), e));
        if (tries % 20 == 0)
            throw new IOException($"{host} has closed the connection.");
        got.Trigger(TitleOf(host, page));
    }
}
