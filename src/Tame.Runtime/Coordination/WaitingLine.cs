namespace Tame;

/// <summary>
/// Events that wait in order of arrival, each with an item. An event that something else completes leaves at once. The line holds the handles, so that a waiting
/// event is never lost. It allocates nothing unless it is longer than ever before.
/// </summary>
/// <param name="left">Runs after an event has left the line without being taken. It runs from the loop's chain, so it may complete other events.</param>
internal sealed class WaitingLine<T>(Action? left = null)
{
    private const int Kept = 64;
    private IntrusiveList<Place, Place.InLine> _line;
    private Place? _free;
    private int _freeCount;

    public bool IsEmpty => _line.First is null;

    public int Count { get; private set; }

    /// <summary>The item of the first event in line. The line must not be empty.</summary>
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

    /// <summary>Removes the first event from the line, for the caller to complete. The line must not be empty.</summary>
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

    /// <summary>Removes all events, because their loop has ended.</summary>
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

    /// <summary>One event in the line. As a hook on the event, it is called when the event completes.</summary>
    private sealed class Place(WaitingLine<T> line) : Hook
    {
        public Event Event;
        public T Item = default!;

        /// <summary>Its neighbors in the line, or the next free place if this one is free.</summary>
        public Links<Place> Links;

        /// <summary>True if the event calls this hook. The detached event never does.</summary>
        public bool IsHooked;

        /// <summary>True if the event has left the line and is about to be completed.</summary>
        public bool IsTaken;

        internal override void Completed(EventLoop loop)
        {
            if (IsTaken)
                line.Free(this);
            else
                line.Leave(this, loop);
        }

        internal override void Run(EventLoop loop) => line.HasLeft(this);

        /// <summary>The links of a place in its line.</summary>
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
