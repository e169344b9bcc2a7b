using Tame.CompilerServices;

namespace Tame;

/// <summary>A completion without a value on its way from another thread.</summary>
internal sealed class ForeignCompletion(Token token, long number, Exception? error) : Linked
{
    internal override void Run(EventLoop loop) => Completion.Complete(token, number, error);
}

/// <summary>A trigger on its way from another thread.</summary>
internal sealed class ForeignTrigger<T>(Token token, long number, T value) : Linked
{
    internal override void Run(EventLoop loop) => Completion.Trigger(token, number, value);
}

/// <summary>A trigger with two values on its way from another thread.</summary>
internal sealed class ForeignTrigger<T1, T2>(Token token, long number, T1 value1, T2 value2) : Linked
{
    internal override void Run(EventLoop loop) => Completion.Trigger(token, number, value1, value2);
}

/// <summary>A trigger with three values on its way from another thread.</summary>
internal sealed class ForeignTrigger<T1, T2, T3>(Token token, long number, T1 value1, T2 value2, T3 value3) : Linked
{
    internal override void Run(EventLoop loop) => Completion.Trigger(token, number, value1, value2, value3);
}

/// <summary>A trigger with four values on its way from another thread.</summary>
internal sealed class ForeignTrigger<T1, T2, T3, T4>(Token token, long number, T1 value1, T2 value2, T3 value3, T4 value4) : Linked
{
    internal override void Run(EventLoop loop) => Completion.Trigger(token, number, value1, value2, value3, value4);
}
