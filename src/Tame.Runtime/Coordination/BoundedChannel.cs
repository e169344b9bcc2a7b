using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Tame;

/// <summary>
/// A queue between calls of one loop that holds no more than its capacity: who sends waits while it is full, who receives waits while it
/// is empty, both first come first served.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <remarks>
/// No item is lost or sent by mistake: a receiver whose event has completed otherwise - by a timeout, <see cref="Event.Unblock"/> or the
/// cancellation of its rendezvous - gets nothing, and a sender whose event has completed otherwise while it waited has not sent. An event
/// that has been triggered stays so, whatever becomes of the call that waited for it. With a capacity of zero nothing is ever stored: a
/// send completes when a receiver has taken the item. The channel belongs to the loop on which it is first used, and all its members are
/// for that loop's thread; when that loop has ended, the next may use it, with the items that it holds. Source: <c>channel</c> of tamer,
/// which is unbounded.
/// </remarks>
public sealed class BoundedChannel<T>
{
    private const string Self = "This channel";
    private readonly Queue<T> _items = new();
    private readonly WaitingLine<T> _senders = new();
    private readonly WaitingLine<Event<T>> _receivers = new();
    private OwnLoop _own = new();
    private bool _isClosed;
    private Exception? _error;

    /// <summary>Makes an empty channel.</summary>
    /// <param name="capacity">How many items it holds; zero hands each item over from a sender to a receiver.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is negative.</exception>
    public BoundedChannel(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        Capacity = capacity;
        (Reader, Writer) = (new BoundedChannelReader<T>(this), new BoundedChannelWriter<T>(this));
    }

    /// <summary>The half that receives. Any thread may read the property.</summary>
    public BoundedChannelReader<T> Reader { get; }

    /// <summary>The half that sends and completes. Any thread may read the property.</summary>
    public BoundedChannelWriter<T> Writer { get; }

    /// <summary>How many items it holds at most.</summary>
    public int Capacity { get; }

    /// <summary>How many items it holds now; those of waiting senders do not count.</summary>
    /// <exception cref="InvalidOperationException">The channel belongs to another thread's loop.</exception>
    public int Count => Read()._items.Count;

    /// <summary>True when nothing more will come: <see cref="Complete"/> was called, and all that was sent has been received.</summary>
    /// <exception cref="InvalidOperationException">The channel belongs to another thread's loop.</exception>
    public bool IsComplete => Read()._isClosed && _items.Count == 0;

    /// <summary>Sends an item, and triggers an event when it is sent: when a receiver has it, or there is room.</summary>
    /// <param name="value">The item.</param>
    /// <param name="sent">
    /// The event, of this loop. It fails with a <see cref="ChannelClosedException"/> when <see cref="Complete"/> comes before the item is
    /// sent. With an empty or complete event nothing is sent. To send without a wait, pass <see cref="Event.Detached"/>, or <see cref="Event.Ignored"/> where
    /// an item that is not sent is no failure.
    /// </param>
    /// <exception cref="InvalidOperationException">The channel or the event belongs to another thread's loop, or this thread has none.</exception>
    public void Send(T value, Event sent)
    {
        var loop = Open();
        if (!_own.Admits(sent))
            return;
        if (_isClosed)
            sent.CompleteLink(NotSent());
        else if (Put(value))
            sent.CompleteLink(null);
        else
            _senders.Add(sent, value);
        loop.DrainChain();
    }

    /// <summary>Sends an item if a receiver waits for it or there is room.</summary>
    /// <param name="value">The item.</param>
    /// <returns>False when it was not sent: the channel is full, or <see cref="Complete"/> was called.</returns>
    /// <exception cref="InvalidOperationException">The channel belongs to another thread's loop, or this thread has none.</exception>
    public bool TrySend(T value)
    {
        var loop = Open();
        bool isSent = !_isClosed && Put(value);
        loop.DrainChain();
        return isSent;
    }

    /// <summary>Triggers an event with the next item, when there is one.</summary>
    /// <param name="received">
    /// The event, of this loop. It fails with a <see cref="ChannelClosedException"/> when <see cref="Complete"/> was called and nothing is
    /// left. An empty or complete event takes nothing.
    /// </param>
    /// <exception cref="InvalidOperationException">The channel or the event belongs to another thread's loop, or this thread has none.</exception>
    public void Receive(Event<T> received)
    {
        var loop = Open();
        if (!_own.Admits(received.Unblocker))
            return;
        if (Take(out var value, out var sent))
        {
            received.TriggerLink(value);
            sent.CompleteLink(null);
        }
        else if (_isClosed)
            received.Unblocker.CompleteLink(NothingLeft());
        else
            _receivers.Add(received.Unblocker, received);
        loop.DrainChain();
    }

    /// <summary>Takes the next item, if there is one or a sender waits with it.</summary>
    /// <param name="value">The item.</param>
    /// <returns>True when there was one.</returns>
    /// <exception cref="InvalidOperationException">The channel belongs to another thread's loop, or this thread has none.</exception>
    public bool TryReceive([MaybeNullWhen(false)] out T value)
    {
        var loop = Open();
        bool any = Take(out value, out var sent);
        sent.CompleteLink(null);
        loop.DrainChain();
        return any;
    }

    /// <summary>
    /// Lets nothing more be sent: senders that wait have not sent, and fail with a <see cref="ChannelClosedException"/>. Receivers get what
    /// the channel holds, and then fail with one too. A second call does nothing.
    /// </summary>
    /// <param name="error">Why; the inner exception of the failures.</param>
    /// <exception cref="InvalidOperationException">The channel belongs to another thread's loop, or this thread has none.</exception>
    public void Complete(Exception? error = null) => TryComplete(error);

    /// <summary>Does what <see cref="Complete"/> does, and tells whether this was the first call.</summary>
    /// <param name="error">Why; the inner exception of the failures. It is dropped where the channel is complete already.</param>
    /// <returns>False when the channel is complete already: then this does nothing.</returns>
    /// <exception cref="InvalidOperationException">The channel belongs to another thread's loop, or this thread has none.</exception>
    public bool TryComplete(Exception? error = null)
    {
        var loop = Open();
        if (_isClosed)
            return false;
        _isClosed = true;
        _error = error;
        while (!_senders.IsEmpty)
            _senders.Take(out _).CompleteLink(NotSent());
        while (!_receivers.IsEmpty)
            _receivers.Take(out _).CompleteLink(NothingLeft());
        loop.DrainChain();
        return true;
    }

    /// <summary>Hands an item to the first receiver, or stores it. Leaves the chain of completions to the caller.</summary>
    private bool Put(T value)
    {
        if (!_receivers.IsEmpty)
        {
            _receivers.Take(out var received);
            received.TriggerLink(value);
            return true;
        }
        if (_items.Count == Capacity)
            return false;
        _items.Enqueue(value);
        return true;
    }

    /// <summary>Takes an item, and lets the first sender in, whose event is left to the caller: who receives resumes first.</summary>
    private bool Take([MaybeNullWhen(false)] out T value, out Event sent)
    {
        sent = default;
        if (!_items.TryDequeue(out value))
        {
            if (_senders.IsEmpty)
                return false;
            sent = _senders.Take(out value);
        }
        else if (!_senders.IsEmpty)
        {
            sent = _senders.Take(out var next);
            _items.Enqueue(next);
        }
        return true;
    }

    private ChannelClosedException NotSent() =>
        new("The channel is complete: Complete was called before this item could be sent, so it was not.", _error);

    private ChannelClosedException NothingLeft() =>
        new("The channel is complete: Complete was called, and all that was sent before has been received.", _error);

    private BoundedChannel<T> Read()
    {
        _own.Check(Self);
        return this;
    }

    private EventLoop Open()
    {
        if (_own.Enter(Self, out var loop))
        {
            _senders.Clear();
            _receivers.Clear();
        }
        return loop;
    }
}
