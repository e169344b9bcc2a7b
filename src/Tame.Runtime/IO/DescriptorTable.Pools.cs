namespace Tame.IO;

// The registrations and the free waiters.
internal sealed partial class DescriptorTable
{
    private const int KeptRegistrations = 64;
    private const int KeptWaiters = 256;

    private readonly Stack<EventWaiter> _freeWaiters = [];
    private uint _lastGeneration;

    /// <summary>The number of registrations that are not free.</summary>
    private int _registered;

    /// <summary>The number of registrations, including free ones that are kept after a peak.</summary>
    internal int Registrations => _byNumber.Count;

    /// <summary>Releases the capacity kept after a peak.</summary>
    public void Trim()
    {
        if (_freeWaiters.Count > KeptWaiters + 2 * _waiting)
        {
            _freeWaiters.Clear();
            _freeWaiters.TrimExcess();
        }
        if (_byNumber.Count > KeptRegistrations + 3 * _registered)
            _byNumber.RemoveFree();
    }

    private Registration Register(int fd)
    {
        var registration = _byNumber.Find(fd) ?? _byNumber.Add(fd);
        if (++_lastGeneration == 0)
            _lastGeneration = 1;
        registration.Open(_lastGeneration);
        _registered++;
        return registration;
    }

    private void Free(Registration registration)
    {
        registration.Free((uint)_waits);
        _registered--;
    }

    /// <summary>Returns a waiter that has left the table.</summary>
    internal void Return(EventWaiter waiter)
    {
        waiter.Assign(default, null);
        _freeWaiters.Push(waiter);
    }

    private EventWaiter RentWaiter() => _freeWaiters.TryPop(out var waiter) ? waiter : new EventWaiter(this);
}
