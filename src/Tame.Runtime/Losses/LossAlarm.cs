namespace Tame;

/// <summary>
/// Only a suspected token holds it, so the collector finalizes it when nothing but finalizers can reach the token. It sounds when the token is gone from
/// memory: then no finalizer holds a handle either.
/// </summary>
internal sealed class LossAlarm(EventLoop loop, Suspicion suspicion) : Linked
{
    ~LossAlarm() => Finalized();

    /// <summary>The token is of no more interest. On the loop's thread.</summary>
    public void TurnOff()
    {
        suspicion.IsOver = true;
        GC.SuppressFinalize(this);
    }

    /// <summary>On the finalizer thread.</summary>
    internal void Finalized()
    {
        if (suspicion.IsOver)
            return;
        if (suspicion.IsTokenGone)
            loop.Send(this);
        else
            GC.ReRegisterForFinalize(this);
    }

    internal override void Run(EventLoop loop)
    {
        if (!suspicion.IsOver)
            loop.Suspicions.Report(loop);
    }
}
