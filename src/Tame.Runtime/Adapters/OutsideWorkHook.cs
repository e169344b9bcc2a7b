namespace Tame;

/// <summary>Removes a piece of outside work from the loop's count when its event completes in any way. Pooled.</summary>
internal sealed class OutsideWorkHook : Hook
{
    private bool _isRunning;

    public static OutsideWorkHook Rent(EventLoop loop, bool isRunning)
    {
        var hook = System.Runtime.CompilerServices.Unsafe.As<OutsideWorkHook?>(loop.Pools.OutsideWorkHooks.Rent()) ?? new OutsideWorkHook();
        hook._isRunning = isRunning;
        return hook;
    }

    internal override void Completed(EventLoop loop)
    {
        loop.RemoveOutsideWork(_isRunning);
        loop.Pools.OutsideWorkHooks.Return(this);
    }
}

/// <summary>The same for an event of another thread's loop.</summary>
internal sealed class ForeignWorkHook(bool isRunning) : AdapterHook
{
    protected override void EventCompleted(EventLoop loop) => loop.RemoveOutsideWork(isRunning);
}
