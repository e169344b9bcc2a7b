namespace Tame.Guests;

/// <summary>
/// Keeps a guest in memory while something waits in it. Nothing else does where only a timer or a trigger of the outside is to come, and its closures and the
/// user's objects would be finalized together with its lifelines. In its turns.
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
