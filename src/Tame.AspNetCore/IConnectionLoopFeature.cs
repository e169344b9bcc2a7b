namespace Tame.AspNetCore;

/// <summary>Gives the loop of a connection. The features of a connection and of its requests have it if the connection came through <c>UseTame</c>.</summary>
public interface IConnectionLoopFeature
{
    /// <summary>The loop. Any thread may use its thread-safe members, such as <see cref="EventLoop.Post(Action)"/> and <see cref="EventLoop.InvokeAsync(Action{Event}, CancellationToken)"/>.</summary>
    EventLoop EventLoop { get; }
}
