using System.Globalization;

namespace Knot;

/// <summary>Counts the work of the server, in total and since the last report.</summary>
internal sealed class Stats
{
    private int _active;
    private long _requests;
    private long _reportedOpened;
    private long _reportedRequests;
    private long _reportedBytes;
    private long _reportedHits;

    public long Opened { get; set; }

    public int Active { get => _active; set => _active = value; }

    public long Requests { get => _requests; set => _requests = value; }

    /// <summary><see cref="Active"/>, for any thread.</summary>
    public int ActiveSeen => Volatile.Read(ref _active);

    /// <summary><see cref="Requests"/>, for any thread.</summary>
    public long RequestsSeen => Volatile.Read(ref _requests);

    public long BytesSent { get; set; }

    public long CacheHits { get; set; }

    public void Open()
    {
        Opened++;
        Active++;
    }

    /// <summary>A line about the time since the last report, or null if nothing happened.</summary>
    public string? Report(TimeSpan elapsed)
    {
        long opened = Opened - _reportedOpened;
        long requests = Requests - _reportedRequests;
        long bytes = BytesSent - _reportedBytes;
        long hits = CacheHits - _reportedHits;
        if (opened == 0 && requests == 0 && bytes == 0)
            return null;

        (_reportedOpened, _reportedRequests, _reportedBytes, _reportedHits) = (Opened, Requests, BytesSent, CacheHits);
        double megabits = bytes * 8 / 1e6 / elapsed.TotalSeconds;
        double hitRate = requests == 0 ? 0 : 100.0 * hits / requests;
        return string.Create(CultureInfo.InvariantCulture,
            $"{megabits:F1} Mb/s, {requests / elapsed.TotalSeconds:F0} requests/s, {opened} opened, {Active} active, {hitRate:F1}% cache hits");
    }
}
