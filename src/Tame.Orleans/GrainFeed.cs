namespace Tame.Orleans;

/// <summary>
/// Makes items that Orleans passes to a grain one by one, from a stream, a reminder, or an observer, available as a channel of the grain's loop:
/// <c>stream.SubscribeAsync(feed.OnNext, feed.OnError, feed.OnCompleted)</c>, and then <c>twait(e => feed.Reader.Receive(e), out var item)</c>.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <remarks>Use the reader in code that runs on the loop. Any thread may call the other members.</remarks>
public sealed class GrainFeed<T>
{
    private readonly EventLoop _loop;
    private readonly BoundedChannel<T> _channel;

    /// <summary>Creates a feed without items.</summary>
    /// <param name="loop">The loop that receives them: <c>this.GetEventLoop()</c>.</param>
    /// <param name="capacity">
    /// How many items may wait in the feed. If it is full, senders wait. With zero, each sender waits until a call receives its item.
    /// </param>
    /// <exception cref="ArgumentNullException">The loop is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is negative.</exception>
    public GrainFeed(EventLoop loop, int capacity)
    {
        ArgumentNullException.ThrowIfNull(loop);
        _loop = loop;
        _channel = new BoundedChannel<T>(capacity);
    }

    /// <summary>
    /// Receives the items. After the last one, its events fail with a <see cref="System.Threading.Channels.ChannelClosedException"/>, whose inner exception
    /// is the one that was passed to <see cref="OnError"/>.
    /// </summary>
    public BoundedChannelReader<T> Reader => _channel.Reader;

    /// <summary>Adds an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="position">The position in a stream. It is not used; it makes this method fit <c>SubscribeAsync</c>.</param>
    /// <returns>A task that completes when the feed has accepted the item. It fails if the feed or the loop has ended.</returns>
    public Task OnNext(T item, object? position = null) => _loop.InvokeAsync(sent => _channel.Send(item, sent));

    /// <summary>Ends the feed with a failure.</summary>
    /// <param name="error">The failure.</param>
    /// <returns>A task that completes when the feed has ended.</returns>
    public Task OnError(Exception error) => End(error);

    /// <summary>Ends the feed.</summary>
    /// <returns>A task that completes when the feed has ended.</returns>
    public Task OnCompleted() => End(null);

    private Task End(Exception? error) => _loop.InvokeAsync(done =>
    {
        _channel.TryComplete(error);
        done.Trigger();
    });
}
