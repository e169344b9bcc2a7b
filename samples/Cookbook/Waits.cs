namespace Cookbook;

/// <summary>Waits for one call, all calls, the first call, each call.</summary>
internal static partial class Waits
{
    #region task-async
    public static async Task<string> OneAsync(string name)
    {
        string page = await Site.GetAsync(name);
        return $"got {page}";
    }
    #endregion

    #region task-tamed
    [Tamed] public static partial void One(string name, Event<string> result);

    private static void OneBody(string name, Event<string> result)
    {
        twait(Site.GetAsync(name), out string page);
        result.Trigger($"got {page}");
    }
    #endregion

    #region return-async
    public static async Task<string> ShortAsync(string name)
    {
        if (name.Length > 5)
            return "too long";
        return await Site.GetAsync(name);
    }
    #endregion

    #region return-tamed
    [Tamed] public static partial void Short(string name, Event<string> result);

    private static void ShortBody(string name, Event<string> result)
    {
        if (name.Length > 5)
        {
            result.Trigger("too long");
            return;
        }
        twait(e => Site.Get(name, e), out string page);
        result.Trigger(page);
    }
    #endregion

    #region when-all-async
    public static async Task<string> AllAsync(string[] names)
    {
        string[] pages = await Task.WhenAll(names.Select(name => Site.GetAsync(name)));
        return string.Join(' ', pages);
    }
    #endregion

    #region when-all-tamed
    [Tamed] public static partial void All(string[] names, Event<string> result);

    private static void AllBody(string[] names, Event<string> result)
    {
        var pages = new string[names.Length];
        using (twait())
            for (int i = 0; i < names.Length; i++)
                Site.Get(names[i], mkevent(out pages[i]));
        result.Trigger(string.Join(' ', pages));
    }
    #endregion

    #region when-any-async
    public static async Task<string> FirstAsync(string[] names)
    {
        using var stop = new CancellationTokenSource();
        var requests = names.Select(name => Site.GetAsync(name, stop.Token)).ToList();
        Task<string> first = await Task.WhenAny(requests);
        stop.Cancel();
        return await first;
    }
    #endregion

    #region when-any-tamed
    [Tamed] public static partial void First(string[] names, Event<string> result);

    private static void FirstBody(string[] names, Event<string> result)
    {
        var pages = new string[names.Length];
        using var race = new Rendezvous<int>();
        for (int i = 0; i < names.Length; i++)
            Site.Get(names[i], mkevent(race, i, out pages[i]));
        twait(race, out int first);
        result.Trigger(pages[first]);
    }
    #endregion

    #region when-each-async
    public static async Task<string> EachAsync(string[] names)
    {
        var log = new List<string>();
        var requests = names.Select(name => Site.GetAsync(name));
        await foreach (Task<string> request in Task.WhenEach(requests))
            log.Add(await request);
        return string.Join(", ", log);
    }
    #endregion

    #region when-each-tamed
    [Tamed] public static partial void Each(string[] names, Event<string> result);

    private static void EachBody(string[] names, Event<string> result)
    {
        var log = new List<string>();
        var pages = new string[names.Length];
        using var requests = new Rendezvous<int>();
        for (int i = 0; i < names.Length; i++)
            Site.Get(names[i], mkevent(requests, i, out pages[i]));
        for (int left = names.Length; left > 0; left--)
        {
            twait(requests, out int i);
            log.Add(pages[i]);
        }
        result.Trigger(string.Join(", ", log));
    }
    #endregion
}
