namespace Tame.Guests;

/// <summary>
/// Keeps a guest in memory while something waits in it. Nothing else refers to a guest that waits only for a timer or for a trigger from outside; without this
/// root, its closures and the user's objects would be finalized together with its lifelines. Use it in turns of the guest.
/// </summary>
internal struct GuestRoot
{
    private bool _isKept;

    public void Set(GuestTurns guest, bool isNeeded)
    {
        if (isNeeded == _isKept)
            return;
        _isKept = isNeeded;
        if (isNeeded)
            LiveGuests.Add(guest);
        else
            LiveGuests.Remove(guest);
    }

    public void Release(GuestTurns guest) => Set(guest, isNeeded: false);
}
