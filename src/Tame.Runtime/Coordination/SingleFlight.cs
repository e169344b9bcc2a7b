using static Tame.Primitives;

namespace Tame;

/// <summary>Shares one operation among calls of one loop that ask for the same key at the same time. All get its value or its failure.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="T">The type of the values.</typeparam>
/// <remarks>
/// Nothing is cached: a call that comes after the operation has completed starts another. A caller leaves if something else completes its event first: a time
/// limit, <see cref="Event.Unblock"/>, or the cancellation of its rendezvous. When the last caller has left, the operation is cancelled, and the next caller
/// starts another. The operation can observe its cancellation with <see cref="Event.Token"/> or <see cref="Event.AtTrigger"/>. The object belongs to the loop on
/// which it is first used. Call its members only on that loop's thread. When that loop has ended, the object starts over on the next one.
/// </remarks>
public sealed partial class SingleFlight<TKey, T>
    where TKey : notnull
{
    private const string Self = "This single flight";
    private readonly Action<TKey, Event<T>> _start;
    private readonly Dictionary<TKey, Flight> _flights;
    private OwnLoop _own = new();

    /// <summary>Creates an object without running operations.</summary>
    /// <param name="start">Starts the operation for a key, which completes the event that it receives. An exception that it throws is the operation's
    /// failure.</param>
    /// <param name="comparer">Compares keys. Null means the default of the type.</param>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> is null.</exception>
    public SingleFlight(Action<TKey, Event<T>> start, IEqualityComparer<TKey>? comparer = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        _start = start;
        _flights = new Dictionary<TKey, Flight>(comparer);
    }

    /// <summary>The number of running operations.</summary>
    /// <exception cref="InvalidOperationException">The object belongs to another thread's loop.</exception>
    public int UnderWay
    {
        get
        {
            _own.Check(Self);
            return _flights.Count;
        }
    }

    /// <summary>Triggers an event with the value for a key, from the operation that runs for the key or from a new one.</summary>
    /// <param name="key">The key.</param>
    /// <param name="result">
    /// An event of this loop. It gets the operation's failure if the operation fails, and the default value if it is unblocked. If the event is empty or
    /// complete, nothing starts.
    /// </param>
    /// <exception cref="ArgumentNullException">The key is null.</exception>
    /// <exception cref="InvalidOperationException">The object or the event belongs to another thread's loop, or this thread has no loop.</exception>
    public void Run(TKey key, Event<T> result)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_own.Enter(Self, out _))
            _flights.Clear();
        if (!_own.Admits(result.Unblocker))
            return;
        if (_flights.TryGetValue(key, out var flight))
        {
            flight.Board(result);
            return;
        }
        _flights[key] = flight = new Flight(this, key);
        flight.Board(result);
        Fly(key, flight);
    }

    [Tamed]
    private partial void Fly(TKey key, Flight flight);

    private void FlyBody(TKey key, Flight flight)
    {
        using var call = new Rendezvous();
        T? value = default;
        Exception? error;
        try
        {
            flight.Abandoned = mkevent(call);
            Tries.Start(_start, key, mkevent(call, out value));
            twait(call, out error);
        }
        catch (Exception thrown)
        {
            // The end of the loop also counts for the callers, because one may have joined while the loop was ending.
            error = thrown;
        }
        Remove(key, flight);
        // An abandoned flight has no callers.
        flight.Land(value, error is null ? null : FailureGroup.Leaving(error));
        flight.Abandoned.Unblock();     // returns its lifeline to the pool
    }

    /// <summary>Removes a flight, unless another flight for the same key has replaced it.</summary>
    private void Remove(TKey key, Flight flight)
    {
        if (_flights.TryGetValue(key, out var current) && ReferenceEquals(current, flight))
            _flights.Remove(key);
    }

    /// <summary>A running operation, and the events of the calls that wait for it.</summary>
    private sealed class Flight
    {
        private readonly SingleFlight<TKey, T> _owner;
        private readonly TKey _key;
        private readonly WaitingLine<Event<T>> _callers;

        public Flight(SingleFlight<TKey, T> owner, TKey key)
        {
            (_owner, _key) = (owner, key);
            _callers = new WaitingLine<Event<T>>(Left);
        }

        /// <summary>Ends the call that waits for the operation, when no caller is left.</summary>
        public Event Abandoned { get; set; }

        public void Board(Event<T> result) => _callers.Add(result.Unblocker, result);

        public void Land(T? value, Exception? error)
        {
            while (!_callers.IsEmpty)
            {
                _callers.Take(out var result);
                if (error is null)
                    result.TriggerLink(value!);
                else
                    result.Unblocker.CompleteLink(error);
            }
            LoopThread.Current!.DrainChain();
        }

        private void Left()
        {
            if (!_callers.IsEmpty)
                return;
            _owner.Remove(_key, this);
            Abandoned.CompleteLink(null);
        }
    }
}
