namespace Tame.IO;

/// <summary>A function that may block, called on the thread pool for an event that gets its result. If nothing takes the result, it is disposed of.</summary>
internal sealed class PoolCall<T> : PoolWork
{
    private readonly Func<T> _function;
    private T? _result;

    private PoolCall(EventLoop loop, Func<T> function)
        : base(loop) => _function = function;

    public static void Start(Event<T> e, Func<T> function) => new PoolCall<T>(EventLoop.Current!, function).Start(e.Unblocker);

    protected override void RunOnPool() => _result = _function();

    protected override void Succeed(Event e) => e.Typed<T>().Trigger(_result!);

    protected override void Abandon() => (_result as IDisposable)?.Dispose();
}

/// <summary>The same for a function without a result.</summary>
internal sealed class PoolCall : PoolWork
{
    private readonly Action _action;

    private PoolCall(EventLoop loop, Action action)
        : base(loop) => _action = action;

    public static void Start(Event e, Action action) => new PoolCall(EventLoop.Current!, action).Start(e);

    protected override void RunOnPool() => _action();

    protected override void Succeed(Event e) => e.Trigger();
}
