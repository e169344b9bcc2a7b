using System.Diagnostics;

namespace Tame.CompilerServices;

// Data of a call for the loop's recorder, while the loop's profile is on, and the start of calls that are recorded or traced.
public abstract partial class Closure
{
    /// <summary>The profile's data about the wait, or null.</summary>
    internal WaitMark? Mark => Extras?.Mark;

    internal WaitMark NeedMark() => (Extras ??= new CallExtras()).Mark ??= new WaitMark();

    /// <summary>Adds the event parameters of the call as they were passed in.</summary>
    internal void Tell(HeldEvents held) => FailEvents(held);

    /// <summary>True if that event, which is complete, was one that the call waited for before it was woken.</summary>
    internal bool WasWokenBy(Event e) => Extras is { Joining: { } rendezvous } ? rendezvous.OldestReadyIs(e.Number) : ReferenceEquals(e.Lifeline!.Source, Innermost);

    /// <summary>Keeps the call unchanged until <see cref="EndRecording"/>, even if it ends.</summary>
    internal void BeginRecording() => _marks |= Marks.Recorded;

    internal void EndRecording()
    {
        _marks &= ~Marks.Recorded;
        if (_references == 0)
            Recycle();
    }

    /// <summary>The size of such a closure in bytes.</summary>
    internal int MeasureSize()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(MemberwiseClone());
        return (int)(GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [StackTraceHidden]
    private void EnterWatched(EventLoop loop, bool held)
    {
        var recorder = loop.Recorder;
        var caller = CallContext.Of(loop);
        recorder?.Begin(this);
        try
        {
            if (loop.TracesCalls)
                BeginSpan();
            Enter(held, isWatched: true);
        }
        finally
        {
            recorder?.End();
            caller.Leave();
        }
    }
}
