using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

// Which waits the end of a call ended: those that an event parameter of the call completed.
internal sealed partial class Recorder
{
    private readonly HeldEvents _held = new();

    /// <summary>Finds the calls that a frame's call has woken since it started or since its last inner call returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void NoteWakes(in Frame frame, Closure call)
    {
        if (loop.Ready.Count > frame.Ready)
            NoteWakes(frame.Ready, call);
    }

    private void NoteWakes(int first, Closure call)
    {
        _held.CollectOf(call);
        for (int i = first; i < loop.Ready.Count; i++)
        {
            if (loop.Ready[i] is not Closure woken || !EndedWaitOf(woken, call))
                continue;
            var stretch = Point(call.Type, PointRecord.End).Count(Point(woken.Type, woken.State), BlockingEdgeKind.Return);
            if (woken.Mark is { Arrival: not null } mark && mark.Order == woken.Order)
                mark.Return = stretch;
        }
        _held.Clear();
    }

    private bool EndedWaitOf(Closure woken, Closure call)
    {
        bool isLinked = false;
        foreach (var e in _held.Events)
        {
            if (!ReferenceEquals(e.Loop, loop) || e.IsPending)
                continue;
            if (woken.WasWokenBy(e))
                return true;
            isLinked |= call.Mark is { IsLinked: true };
        }
        return isLinked;
    }

    /// <summary>
    /// Handles an adapter between the call and the wait, which hides which event it completes. The recorder then counts every wait that the call wakes as ended
    /// by it.
    /// </summary>
    private void NoteLinks(Closure call)
    {
        bool isLinked = false;
        _held.CollectOf(call);
        foreach (var e in _held.Events)
            isLinked |= ReferenceEquals(e.Loop, loop) && e.Lifeline!.Source is Adapter;
        _held.Clear();
        if (isLinked)
            call.NeedMark().IsLinked = true;
        else if (call.Mark is { } mark)
            mark.IsLinked = false;
    }
}
