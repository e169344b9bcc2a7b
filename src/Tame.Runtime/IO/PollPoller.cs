using Tame.Interop;

namespace Tame.IO;

/// <summary>The poller for Unix systems without epoll. It passes every descriptor to the system at each wait.</summary>
/// <remarks>
/// <c>poll</c> knows only numbers. This class keeps the identity of the file that a number referred to when it was added, and compares it if no handle can show
/// the difference.
/// </remarks>
internal sealed unsafe class PollPoller : IPoller
{
    private const int Smallest = 16;

    /// <summary>The wake signal's index among the items. Those after it are watched descriptors.</summary>
    private const int WakePlace = 0;

    private readonly PipeSignal _wake = new();
    private readonly Dictionary<int, int> _places = [];
    private PollItem[] _items = new PollItem[Smallest];
    private Watched[] _watched = new Watched[Smallest];
    private Readiness[] _ready = [];
    private int _count = WakePlace + 1;

    public PollPoller() => _items[WakePlace] = new PollItem { Descriptor = _wake.Descriptor, Interest = PollItem.In };

    public Errno Add(int fd, FdEvents interest, ulong datum)
    {
        if (_places.ContainsKey(fd))
            return Errno.EEXIST;
        Errno error = FileIdentity.Find(fd, out var file);
        if (error != Errno.None)
            return error;
        if (_count == _items.Length)
            Resize(_count * 2);
        _places.Add(fd, _count);
        _items[_count] = new PollItem { Descriptor = fd, Interest = ToPoll(interest) };
        _watched[_count] = new Watched(datum, file);
        _count++;
        return Errno.None;
    }

    public Errno Modify(int fd, FdEvents interest, ulong datum)
    {
        Errno error = Confirm(fd);
        if (error != Errno.None)
            return error;
        int place = _places[fd];
        _items[place].Interest = ToPoll(interest);
        _watched[place] = _watched[place] with { Datum = datum };
        return Errno.None;
    }

    public Errno Remove(int fd)
    {
        if (!_places.Remove(fd, out int place))
            return Errno.ENOENT;
        int last = --_count;
        if (place != last)
        {
            _items[place] = _items[last];
            _watched[place] = _watched[last];
            _places[_items[place].Descriptor] = place;
        }
        if (_count * 4 < _items.Length && _items.Length > Smallest)
            Resize(_items.Length / 2);
        return Errno.None;
    }

    public Errno Confirm(int fd)
    {
        if (!_places.TryGetValue(fd, out int place))
            return Errno.ENOENT;
        Errno error = FileIdentity.Find(fd, out var file);
        return error == Errno.None && file != _watched[place].File ? Errno.ENOENT : error;
    }

    public bool TryReset()
    {
        _places.Clear();
        _count = WakePlace + 1;
        return true;
    }

    public ReadOnlySpan<Readiness> Wait(int timeoutMilliseconds)
    {
        if (timeoutMilliseconds == 0)
            return Take(Poll(0));
        bool asleep = _wake.TryFallAsleep();
        int count = asleep ? WaitOut(timeoutMilliseconds) : Poll(0);
        _wake.WakeUp();
        return Take(count);
    }

    public void Wake() => _wake.Signal();

    public void Dispose() => _wake.Dispose();

    private static short ToPoll(FdEvents interest) =>
        (short)(((interest & FdEvents.Read) != 0 ? PollItem.In : 0) | ((interest & FdEvents.Write) != 0 ? PollItem.Out : 0));

    private static FdEvents FromPoll(short ready)
    {
        if ((ready & PollItem.NotOpen) != 0)
            return FdEvents.None;
        if ((ready & (PollItem.Error | PollItem.Hangup)) != 0)
            return FdEvents.Read | FdEvents.Write;
        return ((ready & PollItem.In) != 0 ? FdEvents.Read : 0) | ((ready & PollItem.Out) != 0 ? FdEvents.Write : 0);
    }

    /// <summary>Waits. A signal handler that interrupts the call does not shorten the wait.</summary>
    private int WaitOut(int timeoutMilliseconds)
    {
        var left = new TimeLeft(timeoutMilliseconds);
        int count;
        do
            count = Poll(left.Milliseconds);
        while (count < 0);
        return count;
    }

    /// <summary>Returns the number of ready items, or -1 if a signal handler interrupted the call.</summary>
    private int Poll(int timeoutMilliseconds)
    {
        int count;
        fixed (PollItem* items = _items)
            count = Libc.Poll(items, (nuint)_count, timeoutMilliseconds);
        if (count < 0 && Libc.LastError != Errno.EINTR)
            throw DescriptorErrors.PollFailed("poll", Libc.LastError);
        return count;
    }

    private ReadOnlySpan<Readiness> Take(int count)
    {
        if (count <= 0)
            return [];
        if (_ready.Length < count)
            _ready = new Readiness[_items.Length];
        int taken = 0;
        for (int place = 0; count > 0; place++)
        {
            short ready = _items[place].Ready;
            if (ready == 0)
                continue;
            count--;
            if (place == WakePlace)
                _wake.Drain();
            else
                _ready[taken++] = new Readiness(_watched[place].Datum, FromPoll(ready));
        }
        return _ready.AsSpan(0, taken);
    }

    private void Resize(int length)
    {
        Array.Resize(ref _items, length);
        Array.Resize(ref _watched, length);
        _ready = [];
    }

    private readonly record struct Watched(ulong Datum, FileIdentity File);
}
