namespace Tame.IO;

/// <summary>A call that is made later, from the loop's ready queue; asked for again before, it is made once. Nothing is allocated.</summary>
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

    /// <summary>The loop has ended, and completed what waited.</summary>
    internal override void Drop(EventLoop loop)
    {
    }
}
