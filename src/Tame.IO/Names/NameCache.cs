using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>The lookups of a network: at most one per name at a time. Results are kept for a short time. Thread-safe.</summary>
internal sealed class NameCache(SocketNetwork network, TimeSpan lifetime)
{
    /// <summary>The largest number of names that are kept.</summary>
    private const int Most = 1024;
    private readonly ConcurrentDictionary<string, Lookup> _lookups = new(StringComparer.OrdinalIgnoreCase);

    public void Resolve(string host, Event<IPAddress[]> resolved)
    {
        var lookup = _lookups.GetOrAdd(host, static _ => new Lookup());
        if (lookup.IsOver(lifetime))
        {
            var fresh = new Lookup();
            if (_lookups.TryUpdate(host, fresh, lookup))
                lookup = fresh;
            else
                lookup = _lookups.GetOrAdd(host, fresh);
        }
        resolved.Start(_ => Answer(lookup.Start(() => LookUp(host, lookup))));
    }

    public void Clear() => _lookups.Clear();

    /// <summary>Each caller gets its own array, which it may change.</summary>
    private static async Task<IPAddress[]> Answer(Task<IPAddress[]> lookup) => [.. await lookup.ConfigureAwait(false)];

    private async Task<IPAddress[]> LookUp(string host, Lookup lookup)
    {
        try
        {
            var addresses = await network.Ask(host).ConfigureAwait(false);
            if (addresses.Length == 0)
                throw new SocketException((int)SocketError.NoData);
            if (lifetime == TimeSpan.Zero || _lookups.Count > Most)
                Remove(host, lookup);
            lookup.Finish();
            return addresses;
        }
        catch (SocketException error)
        {
            Remove(host, lookup);
            throw NetworkErrors.Failed($"looking up '{host}'", error.SocketErrorCode);
        }
        catch
        {
            Remove(host, lookup);
            throw;
        }
    }

    private void Remove(string host, Lookup lookup) => _lookups.TryRemove(KeyValuePair.Create(host, lookup));

    /// <summary>One lookup, in progress or done.</summary>
    private sealed class Lookup
    {
        private readonly Lock _lock = new();
        private Task<IPAddress[]>? _task;
        private long _end;

        /// <summary>Its result is too old.</summary>
        public bool IsOver(TimeSpan lifetime)
        {
            long end = Volatile.Read(ref _end);
            return end != 0 && Environment.TickCount64 - end >= lifetime.TotalMilliseconds;
        }

        /// <summary>The lookup, which the first call starts.</summary>
        public Task<IPAddress[]> Start(Func<Task<IPAddress[]>> start)
        {
            lock (_lock)
                return _task ??= Task.Run(start);
        }

        public void Finish() => Volatile.Write(ref _end, Math.Max(1, Environment.TickCount64));
    }
}
