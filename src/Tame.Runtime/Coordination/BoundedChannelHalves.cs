using System.Diagnostics.CodeAnalysis;

namespace Tame;

/// <summary>The receiving half of a <see cref="BoundedChannel{T}"/>, for code that must not send. All rules of the channel apply.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class BoundedChannelReader<T>
{
    private readonly BoundedChannel<T> _channel;

    internal BoundedChannelReader(BoundedChannel<T> channel) => _channel = channel;

    /// <inheritdoc cref="BoundedChannel{T}.Count"/>
    public int Count => _channel.Count;

    /// <inheritdoc cref="BoundedChannel{T}.IsComplete"/>
    public bool IsComplete => _channel.IsComplete;

    /// <inheritdoc cref="BoundedChannel{T}.Receive"/>
    public void Receive(Event<T> received) => _channel.Receive(received);

    /// <inheritdoc cref="BoundedChannel{T}.TryReceive"/>
    public bool TryReceive([MaybeNullWhen(false)] out T value) => _channel.TryReceive(out value);
}

/// <summary>The sending half of a <see cref="BoundedChannel{T}"/>, for code that must not receive. All rules of the channel apply.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class BoundedChannelWriter<T>
{
    private readonly BoundedChannel<T> _channel;

    internal BoundedChannelWriter(BoundedChannel<T> channel) => _channel = channel;

    /// <inheritdoc cref="BoundedChannel{T}.Capacity"/>
    public int Capacity => _channel.Capacity;

    /// <inheritdoc cref="BoundedChannel{T}.Send"/>
    public void Send(T value, Event sent) => _channel.Send(value, sent);

    /// <inheritdoc cref="BoundedChannel{T}.TrySend"/>
    public bool TrySend(T value) => _channel.TrySend(value);

    /// <inheritdoc cref="BoundedChannel{T}.Complete"/>
    public void Complete(Exception? error = null) => _channel.Complete(error);

    /// <inheritdoc cref="BoundedChannel{T}.TryComplete"/>
    public bool TryComplete(Exception? error = null) => _channel.TryComplete(error);
}
