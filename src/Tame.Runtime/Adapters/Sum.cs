namespace Tame;

/// <summary>An event that completes two others alike.</summary>
internal sealed class Sum : Adapter
{
    private Event _left;
    private Event _right;

    private Sum(EventLoop loop, Event left, Event right)
        : base(loop)
    {
        _left = left;
        _right = right;
        Follow(left);
        Follow(right);
    }

    public static Event Of(Event left, Event right)
    {
        if (!left.IsPending)
            return right;
        if (!right.IsPending)
            return left;
        return new Sum(LoopThread.Current ?? throw Errors.NoLoop(), left, right).Make();
    }

    protected override void Pass(Exception? error)
    {
        _left.CompleteLink(error);
        _right.CompleteLink(error);
    }

    protected override void Drop() => _left = _right = default;
}

/// <summary>An event that completes two others alike, with one value.</summary>
internal sealed class Sum<T> : Adapter
{
    private Event<T> _left;
    private Event<T> _right;
    private T _value = default!;
    private bool _hasValue;

    private Sum(EventLoop loop, Event<T> left, Event<T> right)
        : base(loop)
    {
        _left = left;
        _right = right;
        Follow(left.Unblocker);
        Follow(right.Unblocker);
    }

    public static Event<T> Of(Event<T> left, Event<T> right)
    {
        if (!left.IsPending)
            return right;
        if (!right.IsPending)
            return left;
        var sum = new Sum<T>(LoopThread.Current ?? throw Errors.NoLoop(), left, right);
        return sum.Make(new Action<T>(sum.Take), SlotKind.Setter).Typed<T>();
    }

    protected override void Pass(Exception? error)
    {
        if (_hasValue)
        {
            _left.TriggerLink(_value);
            _right.TriggerLink(_value);
        }
        else
        {
            _left.Unblocker.CompleteLink(error);
            _right.Unblocker.CompleteLink(error);
        }
    }

    protected override void Drop()
    {
        _left = _right = default;
        _value = default!;
    }

    private void Take(T value)
    {
        _value = value;
        _hasValue = true;
    }
}
