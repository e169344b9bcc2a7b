namespace Tame.AspNetCore;

/// <summary>Tells on which loop a connection is. The features of a connection and of its requests have it, where the connection came through <c>UseTame</c>.</summary>
public interface IConnectionLoopFeature
{
    /// <summary>The loop. Any thread may use its members that any thread may call, such as <see cref="EventLoop.Post(Action)"/> and <see cref="EventLoop.InvokeAsync(Action{Event}, CancellationToken)"/>.</summary>
    EventLoop EventLoop { get; }
}
