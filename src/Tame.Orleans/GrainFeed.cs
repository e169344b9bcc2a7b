namespace Tame.Orleans;

/// <summary>
/// Items that Orleans hands to a grain one by one - of a stream, of a reminder, of an observer - as a channel of the grain's loop:
/// <c>stream.SubscribeAsync(feed.OnNext, feed.OnError, feed.OnCompleted)</c>, and then <c>twait(e => feed.Reader.Receive(e), out var item)</c>.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <remarks>The reader is for code of the loop. Any thread may call the other members.</remarks>
public sealed class GrainFeed<T>
{
    private readonly EventLoop _loop;
    private readonly BoundedChannel<T> _channel;

    /// <summary>Makes a feed without items.</summary>
    /// <param name="loop">The loop that receives them: <c>this.GetEventLoop()</c>.</param>
    /// <param name="capacity">How many items may wait; zero hands each over to a call that receives. Who sends more waits.</param>
    /// <exception cref="ArgumentNullException">The loop is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is negative.</exception>
    public GrainFeed(EventLoop loop, int capacity)
    {
        ArgumentNullException.ThrowIfNull(loop);
        _loop = loop;
        _channel = new BoundedChannel<T>(capacity);
    }

    /// <summary>Receives the items. Behind the last one its events fail with a <see cref="System.Threading.Channels.ChannelClosedException"/>, whose inner exception is that of <see cref="OnError"/>.</summary>
    public BoundedChannelReader<T> Reader => _channel.Reader;

    /// <summary>Takes an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="position">Not used: the place in a stream, so that this method fits <c>SubscribeAsync</c>.</param>
    /// <returns>Ends when there is room for the item. It fails when the feed has ended, and when the loop has.</returns>
    public Task OnNext(T item, object? position = null) => _loop.InvokeAsync(sent => _channel.Send(item, sent));

    /// <summary>Ends the feed with a failure.</summary>
    /// <param name="error">Why.</param>
    /// <returns>Ends when the feed has.</returns>
    public Task OnError(Exception error) => End(error);

    /// <summary>Ends the feed.</summary>
    /// <returns>Ends when the feed has.</returns>
    public Task OnCompleted() => End(null);

    private Task End(Exception? error) => _loop.InvokeAsync(done =>
    {
        _channel.TryComplete(error);
        done.Trigger();
    });
}
