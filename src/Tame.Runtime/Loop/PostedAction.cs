using Tame.CompilerServices;

namespace Tame;

/// <summary>An action for the loop's thread; from another thread it queues behind what is ready when it arrives.</summary>
internal sealed class PostedAction(Action action) : Work
{
    internal override void Arrive(EventLoop loop) => loop.AddReady(this);

    internal override void Run(EventLoop loop)
    {
        try
        {
            action();
        }
        catch (Exception error)
        {
            loop.OnUnhandled(error);
        }
        loop.GoHome();
    }
}
