using System.Collections.Concurrent;
using Tame.Interop;
using Tame.IO;

namespace Tame.Guests;

/// <summary>
/// One thread that watches the file descriptors of all guests of a process. It notifies a guest once that some are ready, and again only after the guest has
/// called <see cref="Watch"/> again. Any thread may use it.
/// </summary>
internal sealed unsafe class SharedPoller
{
    private const int CloseOnExec = 0x80000;
    private const int ControlAdd = 1;
    private const int ControlModify = 3;
    private static readonly Lazy<SharedPoller> s_ofProcess = new(static () => new SharedPoller());
    private readonly ConcurrentDictionary<ulong, GuestDescriptors> _guests = new();
    private readonly int _epoll;
    private ulong _last;

    private SharedPoller()
    {
        _epoll = Libc.EpollCreate(CloseOnExec);
        if (_epoll < 0)
            throw DescriptorErrors.NoPoller("epoll_create1", Libc.LastError);
        new Thread(Run) { IsBackground = true, Name = "Tame: descriptors of guests" }.UnsafeStart();
    }

    public static SharedPoller OfProcess => s_ofProcess.Value;

    /// <summary>Adds a guest and returns its unique number.</summary>
    public ulong Add(GuestDescriptors guest)
    {
        ulong datum = Interlocked.Increment(ref _last);
        _guests[datum] = guest;
        return datum;
    }

    public void Remove(ulong datum) => _guests.TryRemove(datum, out _);

    /// <summary>Watches the file descriptor of a guest's poller until the guest was notified once.</summary>
    /// <exception cref="IOException">The system cannot watch it.</exception>
    public void Watch(int descriptor, bool isNew, ulong datum)
    {
        byte* item = stackalloc byte[EpollEvents.MaxSize];
        EpollEvents.Write(item, EpollEvents.In | EpollEvents.OneShot, datum);
        if (Libc.EpollControl(_epoll, isNew ? ControlAdd : ControlModify, descriptor, item) != 0)
            throw DescriptorErrors.NoPoller("epoll_ctl", Libc.LastError);
    }

    private void Run()
    {
        var ready = new EpollEvents(64);
        while (true)
        {
            int count = Libc.EpollWait(_epoll, ready.Pointer, ready.Capacity, Timeout.Infinite);
            for (int i = 0; i < count; i++)
            {
                if (_guests.TryGetValue(ready[i].Datum, out var guest))
                    guest.Ready();
            }
        }
    }
}
