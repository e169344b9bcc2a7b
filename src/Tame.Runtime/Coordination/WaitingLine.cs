namespace Tame;

/// <summary>
/// Events that wait their turn, first come first served, each with something that it brings. An event that completes otherwise leaves at
/// once. The line holds the handles, so that what waits here is never lost; nothing is allocated while it keeps to a length it once had.
/// </summary>
/// <param name="left">Runs after an event has left the line by itself, from the loop's chain: it may complete other events.</param>
internal sealed class WaitingLine<T>(Action? left = null)
{
    private const int Kept = 64;
    private Place? _first;
    private Place? _last;
    private Place? _free;
    private int _freeCount;

    public bool IsEmpty => _first is null;

    public int Count { get; private set; }

    /// <summary>What the first in line brings. There must be one.</summary>
    public ref readonly T First => ref _first!.Item;

    /// <summary>Puts a pending event at the end of the line.</summary>
    public void Add(Event e, T item)
    {
        var place = Rent();
        place.Event = e;
        place.Item = item;
        place.Previous = _last;
        if (_last is null)
            _first = place;
        else
            _last.Following = place;
        _last = place;
        Count++;
        place.IsHooked = Event.OnCompleted(e, place);
    }

    /// <summary>Takes the first out of the line, for the caller to complete. There must be one.</summary>
    public Event Take(out T item)
    {
        var place = _first!;
        var e = place.Event;
        item = place.Item;
        Remove(place);
        if (!place.IsHooked)
            Free(place);
        return e;
    }

    /// <summary>Forgets everybody: their loop has ended.</summary>
    public void Clear()
    {
        _first = _last = null;
        Count = 0;
    }

    private void Remove(Place place)
    {
        if (place.Previous is null)
            _first = place.Following;
        else
            place.Previous.Following = place.Following;
        if (place.Following is null)
            _last = place.Previous;
        else
            place.Following.Previous = place.Previous;
        place.Previous = place.Following = null;
        place.Event = default;
        place.Item = default!;
        place.IsTaken = true;
        Count--;
    }

    private Place Rent()
    {
        var place = _free;
        if (place is null)
            return new Place(this);
        _free = place.Following;
        _freeCount--;
        place.Following = null;
        place.IsTaken = false;
        return place;
    }

    private void Free(Place place)
    {
        if (_freeCount == Kept)
            return;
        _freeCount++;
        place.Following = _free;
        _free = place;
    }

    /// <summary>One event in the line; as a hook on it, it learns of its completion.</summary>
    private sealed class Place(WaitingLine<T> line) : Hook
    {
        public Event Event;
        public T Item = default!;
        public Place? Previous;
        public Place? Following;

        /// <summary>The event tells of its completion; the detached one never does.</summary>
        public bool IsHooked;

        /// <summary>Out of the line, and about to be completed.</summary>
        public bool IsTaken;

        internal override void Completed(EventLoop loop)
        {
            if (IsTaken)
                line.Free(this);
            else
                line.Leave(this, loop);
        }

        internal override void Run(EventLoop loop) => line.HasLeft(this);
    }

    private void Leave(Place place, EventLoop loop)
    {
        Remove(place);
        loop.Chain(place);
    }

    private void HasLeft(Place place)
    {
        Free(place);
        left?.Invoke();
    }
}
