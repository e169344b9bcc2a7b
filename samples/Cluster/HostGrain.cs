using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using Tame.Orleans;

namespace ClusterProgram;

/// <summary>Fetches the pages of one host, a few at a time, however many clients ask.</summary>
public interface IHostGrain : IGrainWithStringKey
{
    /// <summary>Fetches a page, or returns its recorded result.</summary>
    Task<Fetched> Fetch(int page);
}

/// <summary>A fetched page.</summary>
/// <param name="Title">The title of the page.</param>
/// <param name="Silo">The number of the silo that fetched it.</param>
[GenerateSerializer]
public sealed record Fetched(string Title, int Silo);

/// <summary>The recorded pages of a host, by number.</summary>
[GenerateSerializer]
public sealed class HostPages
{
    /// <summary>One result for each page.</summary>
    [Id(0)]
    public Dictionary<int, Fetched> Pages { get; } = [];
}

#region grain
[TamedGrain]
[Reentrant]     // the grain accepts requests for other pages while it fetches one: the window limits them
internal sealed partial class HostGrain(SiloSettings silo, [PersistentState("pages", "pages")] IPersistentState<HostPages> recorded) : Grain, IHostGrain
{
    private readonly CountingSemaphore _window = new(silo.Window);
    private readonly SharedMutex _writing = new();

    public Task<Fetched> Fetch(int page) => this.GetEventLoop().InvokeAsync<Fetched>(fetched => FetchOnce(page, fetched));

    [Tamed] private partial void FetchOnce(int page, Event<Fetched> fetched);

    private void FetchOnceBody(int page, Event<Fetched> fetched)
    {
        twait(e => _window.Acquire(e));
        try
        {
            if (!recorded.State.Pages.ContainsKey(page))
            {
                twait(e => FetchWithRetries(page, e), out string title);
                twait(e => Record(page, new Fetched(title, silo.Number), e));
            }
            fetched.Trigger(recorded.State.Pages[page]);
        }
        finally
        {
            _window.Release();
        }
    }

    private void FetchWithRetries(int page, Event<string> got) => Retry.Run<string>(
        e => Upstream.Fetch(this.GetPrimaryKeyString(), page, e.WithTimeout(TimeSpan.FromSeconds(2))),
        new RetryOptions { MaxTries = 5, ShouldRetry = error => error is IOException or TimeoutException },
        got);
    #endregion

    /// <summary>Records the first result of a page in a store, so that another activation of the grain finds it.</summary>
    [Tamed] private partial void Record(int page, Fetched result, Event done);

    private void RecordBody(int page, Fetched result, Event done)
    {
        twait(e => _writing.Acquire(e));     // one write at a time: the store compares versions
        try
        {
            if (recorded.State.Pages.TryAdd(page, result) && silo.IsStored)
                twait(recorded.WriteStateAsync());
        }
        finally
        {
            _writing.Release();
        }
        done.Trigger();
    }
}
