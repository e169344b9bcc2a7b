using Tame.CompilerServices;

namespace Tame;

/// <summary>Carries a trigger with three values from another thread.</summary>
internal sealed class TriggerMessage<T1, T2, T3>(Lifeline lifeline, long number, T1 value1, T2 value2, T3 value3) : Message
{
    internal override void Run(EventLoop loop) => Completion.Trigger(lifeline, number, value1, value2, value3);

    /// <summary>The loop has ended, so its events are complete.</summary>
    internal override void Drop(EventLoop loop)
    {
    }
}
