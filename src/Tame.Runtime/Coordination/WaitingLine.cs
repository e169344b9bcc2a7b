namespace Tame;

/// <summary>
/// Events that wait their turn, first come first served, each with something that it brings. An event that completes otherwise leaves at
/// once. The line holds the handles, so that what waits here is never lost; nothing is allocated while it keeps to a length it once had.
/// </summary>
/// <param name="left">Runs after an event has left the line by itself, from the loop's chain: it may complete other events.</param>
internal sealed class WaitingLine<T>(Action? left = null)
{
    private const int Kept = 64;
    private IntrusiveList<Place, Place.InLine> _line;
    private Place? _free;
    private int _freeCount;

    public bool IsEmpty => _line.First is null;

    public int Count { get; private set; }

    /// <summary>What the first in line brings. There must be one.</summary>
    public ref readonly T First => ref _line.First!.Item;

    /// <summary>Puts a pending event at the end of the line.</summary>
    public void Add(Event e, T item)
    {
        var place = Rent();
        place.Event = e;
        place.Item = item;
        _line.AddLast(place);
        Count++;
        place.IsHooked = Event.OnCompleted(e, place);
    }

    /// <summary>Takes the first out of the line, for the caller to complete. There must be one.</summary>
    public Event Take(out T item)
    {
        var place = _line.First!;
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
        _line = default;
        Count = 0;
    }

    private void Remove(Place place)
    {
        _line.Remove(place);
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
        _free = place.Links.Next;
        _freeCount--;
        place.Links.Next = null;
        place.IsTaken = false;
        return place;
    }

    private void Free(Place place)
    {
        if (_freeCount == Kept)
            return;
        _freeCount++;
        place.Links.Next = _free;
        _free = place;
    }

    /// <summary>One event in the line; as a hook on it, it learns of its completion.</summary>
    private sealed class Place(WaitingLine<T> line) : Hook
    {
        public Event Event;
        public T Item = default!;

        /// <summary>Its neighbors in the line; of a free place, the next that is free.</summary>
        public Links<Place> Links;

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

        /// <summary>Where a place stands in its line.</summary>
        public readonly struct InLine : ILinks<Place>
        {
            public static ref Links<Place> Of(Place item) => ref item.Links;
        }
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
