using Tame.CompilerServices;

namespace Tame;

/// <summary>Carries a completion without a value from another thread.</summary>
internal sealed class CompletionMessage(Lifeline lifeline, long number, Exception? error) : Message
{
    internal override void Run(EventLoop loop) => Completion.Complete(lifeline, number, error);

    /// <summary>The loop has ended, so its events are complete.</summary>
    internal override void Drop(EventLoop loop)
    {
    }
}

/// <summary>Carries a trigger from another thread.</summary>
internal sealed class TriggerMessage<T>(Lifeline lifeline, long number, T value) : Message
{
    internal override void Run(EventLoop loop) => Completion.Trigger(lifeline, number, value);

    /// <summary>The loop has ended, so its events are complete.</summary>
    internal override void Drop(EventLoop loop)
    {
    }
}
