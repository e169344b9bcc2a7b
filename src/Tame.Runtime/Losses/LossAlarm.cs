namespace Tame;

/// <summary>
/// Only a suspected lifeline refers to its alarm, so the collector finalizes the alarm when only finalizers can reach the lifeline. The alarm notifies the
/// loop when the lifeline's memory is reclaimed, because then no finalizer holds a handle either.
/// </summary>
internal sealed class LossAlarm(EventLoop loop, Suspicion suspicion) : Message
{
    ~LossAlarm() => Finalized();

    /// <summary>Turns the alarm off. Call it on the loop's thread.</summary>
    public void TurnOff()
    {
        suspicion.IsOver = true;
        GC.SuppressFinalize(this);
    }

    /// <summary>Called on the finalizer thread: rule 5 of docs/threads.md.</summary>
    internal void Finalized()
    {
        if (suspicion.IsOver)
            return;
        if (suspicion.IsLifelineGone)
        {
            loop.SendFromFinalizer(this, isUrgent: true);
            return;
        }
        suspicion.IsOfFinalizers = true;
        GC.ReRegisterForFinalize(this);
    }

    internal override void Run(EventLoop loop)
    {
        if (!suspicion.IsOver)
            loop.Suspicions.Report(loop);
    }

    /// <summary>No event of an ended loop can be lost.</summary>
    internal override void Drop(EventLoop loop)
    {
    }
}
