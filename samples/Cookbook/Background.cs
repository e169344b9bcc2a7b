namespace Cookbook;

/// <summary>Streams, progress, timers, and work that continues without the call.</summary>
internal static partial class Background
{
    #region foreach-async
    public static async Task<string> ReadAsync(IAsyncEnumerable<string> pages)
    {
        string text = "";
        await foreach (string page in pages)
            text += page;
        return text;
    }
    #endregion

    #region foreach-tamed
    [Tamed] public static partial void Read(IAsyncEnumerable<string> pages, Event<string> result);

    private static void ReadBody(IAsyncEnumerable<string> pages, Event<string> result)
    {
        string text = "";
        var each = pages.GetAsyncEnumerator(result.Token);
        try
        {
            while (true)
            {
                twait(each.MoveNextAsync(), out bool more);
                if (!more)
                    break;
                text += each.Current;
            }
        }
        finally
        {
            twait(each.DisposeAsync());
        }
        result.Trigger(text);
    }
    #endregion

    #region progress-async
    public static async Task<string> LoadAsync(string[] names, IProgress<int> progress)
    {
        for (int i = 0; i < names.Length; i++)
        {
            await Site.GetAsync(names[i]);
            progress.Report(100 * (i + 1) / names.Length);
        }
        return "loaded";
    }
    #endregion

    #region progress-tamed
    [Tamed] public static partial void Load(string[] names, Action<int> progress, Event<string> result);

    private static void LoadBody(string[] names, Action<int> progress, Event<string> result)
    {
        for (int i = 0; i < names.Length; i++)
        {
            twait(e => Site.Get(names[i], e), out string _);
            progress(100 * (i + 1) / names.Length);
        }
        result.Trigger("loaded");
    }
    #endregion

    #region timer-async
    public static async Task<string> TickAsync(int count)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(10), Site.Clock);
        var log = new List<string>();
        while (log.Count < count && await ticks.WaitForNextTickAsync())
            log.Add(Site.Now);
        return string.Join(", ", log);
    }
    #endregion

    #region timer-tamed
    [Tamed] public static partial void Tick(int count, Event<string> result);

    private static void TickBody(int count, Event<string> result)
    {
        var ticks = new Ticker(TimeSpan.FromSeconds(10));
        var log = new List<string>();
        while (log.Count < count)
        {
            twait(e => ticks.Next(e), out long _);
            log.Add(Site.Now);
        }
        result.Trigger(string.Join(", ", log));
    }
    #endregion

    #region compute-async
    public static async Task<string> ComputeAsync(int n)
    {
        long sum = await Task.Run(() => Enumerable.Range(1, n).Sum(i => (long)i));
        return $"{sum}";
    }
    #endregion

    #region compute-tamed
    [Tamed] public static partial void Compute(int n, Event<string> result);

    private static void ComputeBody(int n, Event<string> result)
    {
        twait(Task.Run(() => Enumerable.Range(1, n).Sum(i => (long)i)), out long sum);
        result.Trigger($"{sum}");
    }
    #endregion

    #region forget-async
    public static async Task<string> StartAsync(List<string> log)
    {
        _ = SaveAsync("report", log);
        log.Add("started");
        return await Site.GetAsync("longer page");
    }

    private static async Task SaveAsync(string name, List<string> log)
    {
        await Site.GetAsync(name);
        log.Add("saved");
    }
    #endregion

    #region forget-tamed
    [Tamed] public static partial void Start(List<string> log, Event<string> result);

    private static void StartBody(List<string> log, Event<string> result)
    {
        Save("report", log, Event.Detached);
        log.Add("started");
        twait(e => Site.Get("longer page", e), out string page);
        result.Trigger(page);
    }

    [Tamed] private static partial void Save(string name, List<string> log, Event done);

    private static void SaveBody(string name, List<string> log, Event done)
    {
        twait(e => Site.Get(name, e), out string _);
        log.Add("saved");
        done.Trigger();
    }
    #endregion
}
