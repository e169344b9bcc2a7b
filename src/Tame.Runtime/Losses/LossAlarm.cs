namespace Tame;

/// <summary>
/// Only a suspected lifeline holds it, so the collector finalizes it when nothing but finalizers can reach the lifeline. It sounds when the lifeline is gone from
/// memory: then no finalizer holds a handle either.
/// </summary>
internal sealed class LossAlarm(EventLoop loop, Suspicion suspicion) : Message
{
    ~LossAlarm() => Finalized();

    /// <summary>The lifeline is of no more interest. On the loop's thread.</summary>
    public void TurnOff()
    {
        suspicion.IsOver = true;
        GC.SuppressFinalize(this);
    }

    /// <summary>On the finalizer thread: rule 5 of docs/threads.md.</summary>
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
