namespace Tame.AspNetCore;

/// <summary>An action of the transport on the loop's thread.</summary>
/// <param name="action">Runs there.</param>
/// <param name="otherwise">Runs if the loop ends first.</param>
internal sealed class LoopAction(Action action, Action? otherwise = null) : Message
{
    internal override void Run(EventLoop loop) => action();

    internal override void Drop(EventLoop loop) => otherwise?.Invoke();
}
