namespace Strict;

/// <summary>Something to wait at.</summary>
public interface IStop
{
    /// <summary>Stops for a while.</summary>
    /// <param name="minutes">How long.</param>
    /// <param name="done">Gets how long it was.</param>
    void Spend(int minutes, Event<int> done);
}

/// <summary>A stop without a reason.</summary>
public partial class Pause : IStop
{
    /// <inheritdoc />
    [Tamed]
    public virtual partial void Spend(int minutes, Event<int> done);

    private void SpendBody(int minutes, Event<int> done)
    {
        using (twait())
        {
            timer(TimeSpan.FromMilliseconds(1), mkevent());
        }

        _ = done.Trigger(1);
    }
}

/// <summary>A stop that lasts as long as it should.</summary>
public sealed partial class Lunch : Pause
{
    private int _paused;

    /// <summary>How much there was of it.</summary>
    public int Minutes { get; private set; }

    /// <inheritdoc />
    [Tamed]
    public override partial void Spend(int minutes, Event<int> done);

    private void SpendBody(int minutes, Event<int> done)
    {
        using (twait())
        {
            base.Spend(minutes, mkevent(out _paused));
        }

        Minutes += minutes - _paused;
        _ = done.Trigger(minutes);
    }
}
