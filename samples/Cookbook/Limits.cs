namespace Cookbook;

/// <summary>Limits on concurrency, time and attempts.</summary>
internal static partial class Limits
{
    #region semaphore-async
    public static async Task<string> AtMostAsync(int limit, string[] names)
    {
        using var slots = new SemaphoreSlim(limit);
        return string.Join(' ', await Task.WhenAll(names.Select(GetAsync)));

        async Task<string> GetAsync(string name)
        {
            await slots.WaitAsync();
            try
            {
                return await Site.GetAsync(name);
            }
            finally
            {
                slots.Release();
            }
        }
    }
    #endregion

    #region semaphore-tamed
    [Tamed] public static partial void AtMost(int limit, string[] names, Event<string> result);

    private static void AtMostBody(int limit, string[] names, Event<string> result)
    {
        var pages = new string[names.Length];
        using var window = new Rendezvous();
        int sent = 0, received = 0;
        while (received < names.Length)
        {
            if (sent < names.Length && sent - received < limit)
            {
                Site.Get(names[sent], mkevent(window, out pages[sent]));
                sent++;
            }
            else
            {
                twait(window);
                received++;
            }
        }
        result.Trigger(string.Join(' ', pages));
    }
    #endregion

    #region time-limit-async
    public static async Task<string> InTimeAsync(string name, TimeSpan limit)
    {
        try
        {
            return await Site.GetAsync(name).WaitAsync(limit, Site.Clock);
        }
        catch (TimeoutException)
        {
            return "too late";
        }
    }
    #endregion

    #region time-limit-tamed
    [Tamed] public static partial void InTime(string name, TimeSpan limit, Event<string> result);

    private static void InTimeBody(string name, TimeSpan limit, Event<string> result)
    {
        string page;
        try
        {
            twait(e => Site.Get(name, e.WithTimeout(limit)), out page);
        }
        catch (TimeoutException)
        {
            page = "too late";
        }
        result.Trigger(page);
    }
    #endregion

    #region cancel-async
    public static async Task<string> UntilAsync(string name, CancellationToken token)
    {
        try
        {
            return await Site.GetAsync(name, token);
        }
        catch (OperationCanceledException)
        {
            return $"cancelled at {Site.Now}";
        }
    }
    #endregion

    #region cancel-tamed
    [Tamed] public static partial void Until(string name, Event<string> result, CancellationToken token);

    private static void UntilBody(string name, Event<string> result, CancellationToken token)
    {
        string page;
        try
        {
            twait(e => Site.Get(name, e.WithCancellation(token)), out page);
        }
        catch (OperationCanceledException)
        {
            page = $"cancelled at {Site.Now}";
        }
        result.Trigger(page);
    }
    #endregion

    #region retry-async
    public static async Task<string> AgainAsync(BusyServer server)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return await server.AskAsync();
            }
            catch (IOException) when (tries < 5)
            {
                await Task.Delay(TimeSpan.FromSeconds(1 << tries), Site.Clock);
            }
        }
    }
    #endregion

    #region retry-tamed
    [Tamed] public static partial void Again(BusyServer server, Event<string> result);

    private static void AgainBody(BusyServer server, Event<string> result)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                twait(e => server.Ask(e), out string answer);
                result.Trigger(answer);
                return;
            }
            catch (IOException) when (tries < 5)
            {
                twait(e => timer(TimeSpan.FromSeconds(1 << tries), e));
            }
        }
    }
    #endregion
}
