using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Tame;

/// <summary>
/// A queue with a fixed capacity between calls of one loop. Senders wait while it is full, and receivers wait while it is empty. Both are served in order of
/// arrival.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <remarks>
/// No item is lost or sent by mistake. A receiver gets nothing if something else completes its event first: a timeout, <see cref="Event.Unblock"/>, or the
/// cancellation of its rendezvous. If that happens to the event of a waiting sender, its item is not sent. An event that has been triggered stays triggered,
/// whatever happens to the call that waited for it. With a capacity of zero nothing is stored: a send completes when a receiver has taken the item. The channel
/// belongs to the loop on which it is first used. Call its members only on that loop's thread. When that loop has ended, another loop may use the channel, with
/// the items that it holds. Source: <c>channel</c> of tamer, which is unbounded.
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

    /// <summary>Creates an empty channel.</summary>
    /// <param name="capacity">The number of items that it can hold. With zero, each item passes directly from a sender to a receiver.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is negative.</exception>
    public BoundedChannel(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        Capacity = capacity;
        (Reader, Writer) = (new BoundedChannelReader<T>(this), new BoundedChannelWriter<T>(this));
    }

    /// <summary>The receiving half. Any thread may read the property.</summary>
    public BoundedChannelReader<T> Reader { get; }

    /// <summary>The sending half, which can also complete the channel. Any thread may read the property.</summary>
    public BoundedChannelWriter<T> Writer { get; }

    /// <summary>The maximum number of items.</summary>
    public int Capacity { get; }

    /// <summary>The number of items that it holds now, without those of waiting senders.</summary>
    /// <exception cref="InvalidOperationException">The channel belongs to another thread's loop.</exception>
    public int Count => Read()._items.Count;

    /// <summary>True if nothing more will come: <see cref="Complete"/> was called, and everything sent has been received.</summary>
    /// <exception cref="InvalidOperationException">The channel belongs to another thread's loop.</exception>
    public bool IsComplete => Read()._isClosed && _items.Count == 0;

    /// <summary>Sends an item, and triggers an event when a receiver has it or the channel has space for it.</summary>
    /// <param name="value">The item.</param>
    /// <param name="sent">
    /// An event of this loop. It fails with a <see cref="ChannelClosedException"/> if <see cref="Complete"/> is called before the item is sent. If it is empty
    /// or complete, nothing is sent. To send without a wait, pass <see cref="Event.Detached"/>, or <see cref="Event.Ignored"/> if an unsent item is not a
    /// failure.
    /// </param>
    /// <exception cref="InvalidOperationException">The channel or the event belongs to another thread's loop, or this thread has no loop.</exception>
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

    /// <summary>Sends an item if a receiver waits for it or the channel has space for it.</summary>
    /// <param name="value">The item.</param>
    /// <returns>False if the item was not sent, because the channel is full or <see cref="Complete"/> was called.</returns>
    /// <exception cref="InvalidOperationException">The channel belongs to another thread's loop, or this thread has no loop.</exception>
    public bool TrySend(T value)
    {
        var loop = Open();
        bool isSent = !_isClosed && Put(value);
        loop.DrainChain();
        return isSent;
    }

    /// <summary>Triggers an event with the next item, when one is available.</summary>
    /// <param name="received">
    /// An event of this loop. It fails with a <see cref="ChannelClosedException"/> if <see cref="Complete"/> was called and no item is left. If it is empty or
    /// complete, no item is taken.
    /// </param>
    /// <exception cref="InvalidOperationException">The channel or the event belongs to another thread's loop, or this thread has no loop.</exception>
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

    /// <summary>Takes the next item, if the channel holds one or a sender waits with one.</summary>
    /// <param name="value">The item.</param>
    /// <returns>True if an item was taken.</returns>
    /// <exception cref="InvalidOperationException">The channel belongs to another thread's loop, or this thread has no loop.</exception>
    public bool TryReceive([MaybeNullWhen(false)] out T value)
    {
        var loop = Open();
        bool any = Take(out value, out var sent);
        sent.CompleteLink(null);
        loop.DrainChain();
        return any;
    }

    /// <summary>
    /// Closes the channel for sending. Items of waiting senders are not sent, and their events fail with a <see cref="ChannelClosedException"/>. Receivers get
    /// the remaining items, and then fail with the same exception. A second call does nothing.
    /// </summary>
    /// <param name="error">The reason, which becomes the inner exception of the failures.</param>
    /// <exception cref="InvalidOperationException">The channel belongs to another thread's loop, or this thread has no loop.</exception>
    public void Complete(Exception? error = null) => TryComplete(error);

    /// <summary>Does the same as <see cref="Complete"/>, and returns whether this was the first call.</summary>
    /// <param name="error">The reason, which becomes the inner exception of the failures. It is dropped if the channel is already complete.</param>
    /// <returns>False if the channel was already complete. Then this call does nothing.</returns>
    /// <exception cref="InvalidOperationException">The channel belongs to another thread's loop, or this thread has no loop.</exception>
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

    /// <summary>Passes an item to the first receiver, or stores it. The caller must drain the chain of completions.</summary>
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

    /// <summary>Takes an item and admits the first sender. The caller completes the sender's event, so that the receiver resumes first.</summary>
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
        new("The channel is complete: Complete was called before this item could be sent, so the item was not sent.", _error);

    private ChannelClosedException NothingLeft() =>
        new("The channel is complete: Complete was called, and all items that were sent before have been received.", _error);

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
