using Tame.CompilerServices;

namespace Tame;

/// <summary>A completion without a value on its way from another thread.</summary>
internal sealed class CompletionMessage(Lifeline lifeline, long number, Exception? error) : Message
{
    internal override void Run(EventLoop loop) => Completion.Complete(lifeline, number, error);

    /// <summary>Events of an ended loop are complete.</summary>
    internal override void Drop(EventLoop loop)
    {
    }
}

/// <summary>A trigger on its way from another thread.</summary>
internal sealed class TriggerMessage<T>(Lifeline lifeline, long number, T value) : Message
{
    internal override void Run(EventLoop loop) => Completion.Trigger(lifeline, number, value);

    /// <summary>Events of an ended loop are complete.</summary>
    internal override void Drop(EventLoop loop)
    {
    }
}
