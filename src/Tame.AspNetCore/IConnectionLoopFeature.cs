namespace Tame.AspNetCore;

/// <summary>Gives the loop of a connection. Connections of <c>UseTame</c>, and their requests, have this feature.</summary>
public interface IConnectionLoopFeature
{
    /// <summary>The loop. Any thread may use its thread-safe members, such as <see cref="EventLoop.Post(Action)"/> and <see cref="EventLoop.InvokeAsync(Action{Event}, CancellationToken)"/>.</summary>
    EventLoop EventLoop { get; }
}
