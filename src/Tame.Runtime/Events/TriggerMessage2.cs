using Tame.CompilerServices;

namespace Tame;

/// <summary>Carries a trigger with two values from another thread.</summary>
internal sealed class TriggerMessage<T1, T2>(Lifeline lifeline, long number, T1 value1, T2 value2) : Message
{
    internal override void Run(EventLoop loop) => Completion.Trigger(lifeline, number, value1, value2);

    /// <summary>The loop has ended, so its events are complete.</summary>
    internal override void Drop(EventLoop loop)
    {
    }
}
