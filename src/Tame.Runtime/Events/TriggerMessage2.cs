using Tame.CompilerServices;

namespace Tame;

/// <summary>A trigger with two values on its way from another thread.</summary>
internal sealed class TriggerMessage<T1, T2>(Lifeline lifeline, long number, T1 value1, T2 value2) : Message
{
    internal override void Run(EventLoop loop) => Completion.Trigger(lifeline, number, value1, value2);

    /// <summary>Events of an ended loop are complete.</summary>
    internal override void Drop(EventLoop loop)
    {
    }
}
