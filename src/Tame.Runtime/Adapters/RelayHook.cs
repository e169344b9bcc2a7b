namespace Tame;

/// <summary>
/// Triggers one event when another completes, if a second thread or loop is involved. It also triggers the target if the loop of the event ends first.
/// </summary>
internal sealed class RelayHook(Event target, Lifeline lifeline) : AdapterHook
{
    private HookTarget _target = new(target, lifeline);

    internal override bool IsPointless => _target.IsDone;

    internal override void Bind(Lifeline lifeline) => _target.Bind(lifeline);

    internal override Event TargetOf(Lifeline lifeline) => _target.Seen(lifeline);

    internal override void Run(EventLoop loop) => _target.Take().CompleteLink(null);

    protected override void EventCompleted(EventLoop loop) => loop.Chain(this);

    protected override void LoopEnded(EventLoop loop)
    {
        var told = _target.Take();
        if (!ReferenceEquals(told.Loop, loop))
            told.Trigger();
    }

    protected override void Undone() => _target.Clear();
}
