namespace Tame.IO;

// The registrations, each in its own slot, and the free waiters.
internal sealed partial class DescriptorTable
{
    private const int KeptSlots = 64;
    private const int KeptWaiters = 256;

    private readonly List<Registration> _slots = [];
    private readonly Stack<Registration> _free = [];
    private readonly Stack<EventWaiter> _freeWaiters = [];
    private uint _lastGeneration;

    /// <summary>The number of registrations, including free ones that are kept after a peak.</summary>
    internal int Slots => _slots.Count;

    /// <summary>Releases the capacity kept after a peak.</summary>
    public void Trim()
    {
        if (_freeWaiters.Count > KeptWaiters + 2 * _waiting)
        {
            _freeWaiters.Clear();
            _freeWaiters.TrimExcess();
        }
        if (_free.Count <= KeptSlots + 2 * _byNumber.Count)
            return;
        int count = _slots.Count;
        while (count > KeptSlots && _slots[count - 1].Generation == 0)
            count--;
        if (count == _slots.Count)
            return;
        _slots.RemoveRange(count, _slots.Count - count);
        _slots.TrimExcess();
        _byNumber.TrimExcess();
        _free.Clear();
        foreach (var registration in _slots)
        {
            if (registration.Generation == 0)
                _free.Push(registration);
        }
        _free.TrimExcess();
    }

    private Registration Register(int fd)
    {
        if (!_free.TryPop(out var registration))
        {
            registration = new Registration(_slots.Count);
            _slots.Add(registration);
        }
        if (++_lastGeneration == 0)
            _lastGeneration = 1;
        registration.Open(_lastGeneration, fd);
        _byNumber.Add(fd, registration);
        return registration;
    }

    private void Free(Registration registration)
    {
        _byNumber.Remove(registration.Descriptor);
        registration.Free(_waits);
        _free.Push(registration);
    }

    /// <summary>Returns a waiter that has left the table.</summary>
    internal void Return(EventWaiter waiter)
    {
        waiter.Event = default;
        waiter.Owner = null;
        _freeWaiters.Push(waiter);
    }

    private EventWaiter RentWaiter() => _freeWaiters.TryPop(out var waiter) ? waiter : new EventWaiter(this);
}
