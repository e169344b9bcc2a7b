using System.Diagnostics;
using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// Records the stretches of the calls of one loop while its profile is on. A frame is open from the start or resume of a call until it blocks or ends. Use it
/// on the loop's thread. In the steady state it allocates nothing.
/// </summary>
internal sealed partial class Recorder(EventLoop loop, LoopClock clock)
{
    private static readonly double s_nanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    /// <summary>Indexed by the pool of the closure's type, then by the state, the end first.</summary>
    private PointRecord?[][] _points = [];
    private Frame[] _frames = [];
    private int _depth;
    private long _closureBytes;

    /// <summary>Whether the profile is on now. A stretch counts if the profile is on at its beginning and at its end.</summary>
    private bool IsOn => ReferenceEquals(loop.Recorder, this);

    /// <summary>The points that stretches have reached or left.</summary>
    public IEnumerable<PointRecord> Points => _points.SelectMany(points => points).OfType<PointRecord>();

    /// <summary>Runs what the loop took from its ready queue.</summary>
    public void Run(Work work)
    {
        if (work is Closure call && IsOn)
            Resume(call);
        else
            work.Run(loop);
    }

    /// <summary>A call starts. <see cref="End"/> must follow, whatever the call throws.</summary>
    public void Begin(Closure call)
    {
        var entry = Point(call.Type, 0);
        if (_depth != 0)
            NoteCall(ref _frames[_depth - 1], entry);
        NoteLinks(call);
        ref var frame = ref Push(call, entry);
        frame.IsMeasured = entry.IsDue();
        if (frame.IsMeasured)
            frame.Start = Read(Stopwatch.GetTimestamp());
        _closureBytes += call.Type.SizeOf(call);
    }

    /// <summary>The call of the innermost frame has blocked or ended.</summary>
    public void End()
    {
        ref var frame = ref _frames[--_depth];
        var call = frame.Call!;
        frame.Call = null;
        if (IsOn)
            Note(in frame, call);
        if (_depth != 0)
            _frames[_depth - 1].Ready = loop.Ready.Count;
        call.EndRecording();
    }

    private void Resume(Closure call)
    {
        _depth = 0;
        var point = Point(call.Type, call.State);
        ref var frame = ref Push(call, point);
        frame.IsMeasured = point.IsDue();
        long now = 0;
        if (call.Mark is { Arrival: not null } mark && mark.Order == call.Order)
            NoteBlocked(mark, now = Stopwatch.GetTimestamp());
        if (frame.IsMeasured)
            frame.Start = Read(now != 0 ? now : Stopwatch.GetTimestamp()).Without(HandedTo(call));
        try
        {
            call.Run(loop);
        }
        finally
        {
            End();
        }
    }

    private void Note(in Frame frame, Closure call)
    {
        NoteWakes(in frame, call);
        bool hasEnded = !call.IsSuspended;
        var stretch = frame.From.Count(Point(call.Type, hasEnded ? PointRecord.End : call.State), BlockingEdgeKind.Continue);
        if (hasEnded)
            _closureBytes -= call.Type.SizeOf(call);
        if (!frame.IsMeasured)
            return;
        long now = Stopwatch.GetTimestamp();
        var taken = Read(now).Since(frame.Start);
        frame.From.Add(taken.RunningNanoseconds);
        stretch.Add(in taken);
        if (hasEnded)
            return;
        var mark = call.NeedMark();
        (mark.Order, mark.At, mark.Arrival, mark.Return) = (call.Order, WaitTime(now), stretch, null);
    }

    /// <summary>The call of a frame calls a tamed method.</summary>
    private void NoteCall(ref Frame caller, PointRecord entry)
    {
        NoteWakes(in caller, caller.Call!);
        var stretch = caller.From.Count(entry, BlockingEdgeKind.Call);
        if (caller.IsMeasured)
            stretch.Add(Read(Stopwatch.GetTimestamp()).Since(caller.Start));
    }

    private void NoteBlocked(WaitMark mark, long now)
    {
        double blocked = WaitTime(now) - mark.At;
        mark.Arrival!.AddBlocked(blocked);
        mark.Return?.AddBlocked(blocked);
        mark.Arrival = mark.Return = null;
    }

    /// <summary>The time by which waits are measured. In virtual time, it is the loop's.</summary>
    private double WaitTime(long timestamp) => clock.IsVirtual ? clock.Now * 100.0 : timestamp * s_nanosecondsPerTick;

    private Reading Read(long timestamp) => new(timestamp, GC.GetAllocatedBytesForCurrentThread(), _closureBytes, loop.OpenDescriptors);

    /// <summary>
    /// Opens a frame. Its closure is not recycled while the frame is open, so that the call's event parameters can be read when it has ended.
    /// </summary>
    private ref Frame Push(Closure call, PointRecord from)
    {
        call.BeginRecording();
        if (_depth == _frames.Length)
            Array.Resize(ref _frames, Math.Max(16, 2 * _depth));
        ref var frame = ref _frames[_depth++];
        (frame.Call, frame.From, frame.Ready) = (call, from, loop.Ready.Count);
        return ref frame;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PointRecord Point(ClosureType type, int state)
    {
        var points = _points;
        int pool = type.Pool;
        return (uint)pool < (uint)points.Length && points[pool] is var ofType && (uint)(state + 1) < (uint)ofType.Length && ofType[state + 1] is { } point
            ? point : AddPoint(type, state);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private PointRecord AddPoint(ClosureType type, int state)
    {
        int pool = type.Pool, before = _points.Length;
        if (pool >= before)
        {
            Array.Resize(ref _points, Math.Max(pool + 1, 2 * before));
            _points.AsSpan(before).Fill([]);
        }
        ref var ofType = ref _points[pool];
        if (state + 1 >= ofType.Length)
            Array.Resize(ref ofType, Math.Max(state + 2, 2 * ofType.Length));
        return ofType[state + 1] = new PointRecord(type, state);
    }

    /// <summary>The quantities by which a stretch is measured, at one moment.</summary>
    private readonly record struct Reading(long Timestamp, long Allocated, long Closures, int Descriptors)
    {
        public Reading Without(int descriptors) => this with { Descriptors = Descriptors - descriptors };

        public StretchCosts Since(in Reading start) => new(
            (Timestamp - start.Timestamp) * s_nanosecondsPerTick, Allocated - start.Allocated, Closures - start.Closures, Descriptors - start.Descriptors, 0);
    }

    /// <summary>A running call.</summary>
    private struct Frame
    {
        public Closure? Call;

        /// <summary>The point at which it started or resumed.</summary>
        public PointRecord From;
        public Reading Start;
        public bool IsMeasured;

        /// <summary>
        /// The length of the ready queue when the call, or the last call that it made, was left. Entries after that were woken by the call itself.
        /// </summary>
        public int Ready;
    }
}
