namespace Tame.Stages;

/// <summary>Runs the turns of the stage, and stops it.</summary>
public sealed partial class FileStage
{
    private readonly HashSet<FileCall> _calls = [];
    private readonly Stack<FileCall> _free = new();
    private readonly StopOfStage<FilePacket> _stop;
    private readonly LoopEnding _ending;

    /// <inheritdoc/>
    public override bool IsStopping => _stop.HasBegun;

    /// <summary>The packets that a stop has handed back; empty before the stage has stopped.</summary>
    public IReadOnlyList<FilePacket> Left => _stop.Left;

    /// <summary>The packets that no sink has taken. On the loop's thread.</summary>
    internal List<FilePacket> Untaken { get; } = [];

    /// <summary>Does nothing: the stage started when it was created.</summary>
    public override void Start()
    {
    }

    /// <summary>Stops the stage: it accepts no request from now on, and continues with the accepted requests until the deadline.</summary>
    /// <param name="deadline">How long the stage may continue; <see cref="TimeSpan.Zero"/> ends all requests, <see cref="Timeout.InfiniteTimeSpan"/> waits until all are done. Of several calls the earliest deadline counts.</param>
    /// <param name="left">
    /// The event, of any loop. It is triggered when all is done or at the deadline, with the packets that no sink has taken. For each read that is not done it has a packet whose error is an
    /// <see cref="OperationCanceledException"/>. Return the packets.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <remarks>Events of requests that are not done fail. A write that was under way may have written a part.</remarks>
    public void Stop(TimeSpan deadline, Event<IReadOnlyList<FilePacket>> left) => _stop.Call(deadline, new StopCall<FilePacket> { Left = left });

    /// <inheritdoc/>
    public override void Stop(TimeSpan deadline, Event stopped) => _stop.Call(deadline, new StopCall<FilePacket> { Stopped = stopped });

    /// <summary>As <see cref="Stop(TimeSpan, Event{IReadOnlyList{FilePacket}})"/>, for code outside of tamed methods.</summary>
    /// <param name="deadline">How long the stage may continue.</param>
    /// <returns>The packets that no sink has taken.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public Task<IReadOnlyList<FilePacket>> StopAsync(TimeSpan deadline) => _stop.CallAsync(deadline);

    internal override Task StopTask(TimeSpan deadline) => StopAsync(deadline);

    /// <summary>A request is over.</summary>
    internal void Finish(FileCall call)
    {
        _calls.Remove(call);
        if (call.IsFree)
            _free.Push(call);
        Queues.Release();
    }

    /// <summary>Ends at once.</summary>
    private void GiveUp()
    {
        if (_stop.HasEnded)
            return;
        Queues.Close();
        var error = StageErrors.NotHandled(Name);
        foreach (var call in _calls.ToArray())
            call.GiveUp(error);
        while (Queues.TryTake(out var request))
        {
            if (request.Sink is null)
                request.Fail(error);
            else
                Untaken.Add(new FilePacket(request, error));
        }
        End();
    }

    private void End()
    {
        _ending.End();
        LiveStages.Remove(this);
        _stop.Complete([.. Untaken]);
    }

    private sealed class Turns(FileStage stage) : ITurn<FileCall, FileRequest>
    {
        public bool MayBegin => stage.Queues.Places < stage._options.MaxConcurrency;

        public void Serve(FileRequest request)
        {
            stage.Queues.TryReserve();
            var call = stage._free.TryPop(out var free) ? free : new FileCall(stage);
            stage._calls.Add(call);
            call.Start(request);
        }

        public void ServeReady(FileCall ready) => ready.ServeReady();

        public void Ended()
        {
            stage._measures.TurnEnded(stage.Counts);
            if (stage.IsStopping && !stage._stop.HasEnded && stage.Queues is { RequestCount: 0, Places: 0 })
                stage.End();
        }
    }
}
