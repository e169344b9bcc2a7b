using Orleans;
using Orleans.Runtime;

namespace ClusterProgram;

/// <summary>A page to fetch.</summary>
public readonly record struct PageId(string Host, int Page);

/// <summary>The client's list of work. It asks for a number of pages at a time, and asks again for those without a result.</summary>
public sealed partial class Work(IGrainFactory grains, IReadOnlyList<PageId> ids, int window)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
    private readonly Dictionary<PageId, Fetched> _results = [];

    /// <summary>One result for each page that has been fetched.</summary>
    public IReadOnlyDictionary<PageId, Fetched> Results => _results;

    /// <summary>The number of repeated requests for pages.</summary>
    public int Resubmitted { get; private set; }

    /// <summary>The number of pages.</summary>
    public int Count => ids.Count;

    #region client
    /// <summary>Works until each page has a result. The function is called after each answer.</summary>
    [Tamed] public partial void Run(Action<Work> progress, Event done);

    private void RunBody(Action<Work> progress, Event done)
    {
        var ahead = new Queue<int>(Enumerable.Range(0, ids.Count));
        var answers = new Fetched[ids.Count];
        using var requests = new Rendezvous<int>();
        for (int under = 0; _results.Count < ids.Count;)
        {
            for (; under < window && ahead.TryDequeue(out int next); under++)
                grains.GetGrain<IHostGrain>(ids[next].Host).Fetch(ids[next].Page).Trigger(mkevent(requests, next, out answers[next]).WithTimeout(s_limit));
            twait(requests, out int id, out Exception? error);
            under--;
            if (error is null)
            {
                _results.Add(ids[id], answers[id]);     // throws if a page already has a result
            }
            else if (CanHappen(error))
            {
                ahead.Enqueue(id);
                Resubmitted++;
                twait(e => timer(TimeSpan.FromMilliseconds(20), e));
            }
            else
            {
                throw error;
            }
            progress(this);
        }
        done.Trigger();
    }
    #endregion

    /// <summary>The failure of requests when a silo dies.</summary>
    private static bool CanHappen(Exception error) => error is OrleansException or TimeoutException or OperationCanceledException or ObjectDisposedException or IOException;
}
