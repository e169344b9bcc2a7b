using Tame.CompilerServices;

namespace Tame;

/// <summary>An event that completes two others in the same way.</summary>
internal sealed class Sum : Adapter
{
    private readonly Hook _followedLeft, _followedRight;
    private Event _left;
    private Event _right;

    private Sum(EventLoop loop, Event left, Event right)
        : base(loop)
    {
        _left = left;
        _right = right;
        _followedLeft = Follow(left);
        _followedRight = Follow(right);
    }

    public static Event Of(Event left, Event right)
    {
        if (!left.IsPending)
            return right;
        if (!right.IsPending)
            return left;
        return new Sum(LoopThread.Current ?? throw Errors.NoLoop(), left, right).Make();
    }

    internal override void AddWaiters(WaiterSearch search)
    {
        search.Follow(_left);
        search.Follow(_right);
    }

    protected override void Propagate(Exception? error)
    {
        _left.CompleteLink(error);
        _right.CompleteLink(error);
    }

    protected override void ClearTargets() => _left = _right = default;

    protected override void Unfollow()
    {
        Unfollow(_left, _followedLeft);
        Unfollow(_right, _followedRight);
    }
}

/// <summary>An event that completes two others in the same way, with their values.</summary>
internal sealed class Sum<TEvent, TValues> : Adapter
    where TEvent : struct, IValueEvent<TValues>
{
    private readonly Hook _followedLeft, _followedRight;
    private TEvent _left;
    private TEvent _right;
    private TValues _values = default!;
    private bool _hasValues;

    public Sum(EventLoop loop, TEvent left, TEvent right)
        : base(loop)
    {
        _left = left;
        _right = right;
        _followedLeft = Follow(left.Unblocker);
        _followedRight = Follow(right.Unblocker);
    }

    /// <summary>The values, which the event's slots write. The last one is written by <see cref="Take"/> or <see cref="Setter"/>.</summary>
    public ref TValues Values => ref _values;

    /// <summary>Takes the only value.</summary>
    public void Take(TValues value)
    {
        _values = value;
        _hasValues = true;
    }

    /// <summary>The slot for the last of several values. Its write distinguishes a trigger from an unblock.</summary>
    public Slot<T> Setter<T>(Action<Sum<TEvent, TValues>, T> set) => Slot.Static<T>(value =>
    {
        set(this, value);
        _hasValues = true;
    });

    internal override void AddWaiters(WaiterSearch search)
    {
        search.Follow(_left.Unblocker);
        search.Follow(_right.Unblocker);
    }

    protected override void Propagate(Exception? error)
    {
        if (_hasValues)
        {
            _left.TriggerLink(_values);
            _right.TriggerLink(_values);
        }
        else
        {
            _left.Unblocker.CompleteLink(error);
            _right.Unblocker.CompleteLink(error);
        }
    }

    protected override void ClearTargets()
    {
        _left = _right = default;
        _values = default!;
    }

    protected override void Unfollow()
    {
        Unfollow(_left.Unblocker, _followedLeft);
        Unfollow(_right.Unblocker, _followedRight);
    }
}
