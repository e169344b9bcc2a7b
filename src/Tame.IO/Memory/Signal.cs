namespace Tame.IO;

/// <summary>A call that is made later, from the loop's ready queue. If it is requested again before that, it is made once. Allocates nothing.</summary>
internal sealed class Signal(EventLoop loop, Action action) : Message
{
    private bool _isSet;

    public void Set()
    {
        if (_isSet)
            return;
        _isSet = true;
        loop.AddReady(this);
    }

    internal override void Run(EventLoop loop)
    {
        _isSet = false;
        action();
    }

    /// <summary>The loop has ended, and has completed all waiting events.</summary>
    internal override void Drop(EventLoop loop)
    {
    }
}
