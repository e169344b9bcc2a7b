namespace Tame.Stages;

/// <summary>Stops the stage.</summary>
public sealed partial class SocketStage
{
    private readonly StopOfStage<SocketPacket> _stop;
    private readonly LoopEnding _ending;
    private bool _isClosingAll;

    /// <inheritdoc/>
    public override bool IsStopping => _stop.HasBegun;

    /// <summary>The packets that a stop has handed back; empty before the stage has stopped.</summary>
    public IReadOnlyList<SocketPacket> Left => _stop.Left;

    /// <summary>The packets that no sink has taken. On the loop's thread.</summary>
    internal List<SocketPacket> Untaken { get; } = [];

    /// <summary>Does nothing: the stage started when it was created.</summary>
    public override void Start()
    {
    }

    /// <summary>
    /// Stops the stage: it accepts no request from now on, closes its listeners, stops reading, sends what it has accepted, and closes its connections. At the deadline it aborts the remaining connections.
    /// </summary>
    /// <param name="deadline">How long the stage may continue; <see cref="TimeSpan.Zero"/> aborts all connections, <see cref="Timeout.InfiniteTimeSpan"/> waits for the peers. Of several calls the earliest deadline counts.</param>
    /// <param name="left">The event, of any loop. It is triggered when all connections are closed, with the packets that no sink has taken. Return them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <remarks>
    /// Each sink gets a last packet for each connection, if it takes the packet in time. Events of unsent writes fail. To let handlers answer what has arrived, stop the sinks first: the stage still
    /// accepts their writes, and keeps the packets they do not take.
    /// </remarks>
    public void Stop(TimeSpan deadline, Event<IReadOnlyList<SocketPacket>> left) => _stop.Call(deadline, new StopCall<SocketPacket> { Left = left });

    /// <inheritdoc/>
    public override void Stop(TimeSpan deadline, Event stopped) => _stop.Call(deadline, new StopCall<SocketPacket> { Stopped = stopped });

    /// <summary>As <see cref="Stop(TimeSpan, Event{IReadOnlyList{SocketPacket}})"/>, for code outside of tamed methods.</summary>
    /// <param name="deadline">How long the stage may continue.</param>
    /// <returns>The packets that no sink has taken.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public Task<IReadOnlyList<SocketPacket>> StopAsync(TimeSpan deadline) => _stop.CallAsync(deadline);

    internal override Task StopTask(TimeSpan deadline) => StopAsync(deadline);

    /// <summary>A turn is over: continues with the stop.</summary>
    private void Finish()
    {
        if (Queues.RequestCount != 0 || _stop.HasEnded)
            return;
        if (!_isClosingAll)
        {
            _isClosingAll = true;
            foreach (var listener in _listeners.ToArray())
                listener.End(null);
            foreach (var link in _links.Values)
            {
                link.EndReading();
                link.Close(default);
            }
        }
        if (_links.IsEmpty && _listeners.Count == 0)
            End();
    }

    /// <summary>Ends at once.</summary>
    private void GiveUp(bool isLoopEnd)
    {
        if (_stop.HasEnded)
            return;
        Queues.Close();
        var error = StageErrors.NotHandled(Name);
        foreach (var listener in _listeners.ToArray())
            listener.End(null);
        while (Queues.TryTake(out var request))
            Refuse(request, error);
        foreach (var link in _links.Values)
            link.GiveUp(error, isLoopEnd);
        End();
    }

    /// <summary>A request completes even if the stage stops before its turn.</summary>
    private static void Refuse(in SocketRequest request, Exception error)
    {
        switch (request.Kind)
        {
            case SocketRequestKind.Listen:
                ((ListenSource)request.Target!).End(null);
                break;
            case SocketRequestKind.Write:
                request.Write.Fail(error);
                break;
            case SocketRequestKind.Close or SocketRequestKind.Abort:
                ((SocketLink)request.Target!).Abort(request.Write.Done, error);
                break;
        }
    }

    private void End()
    {
        _ending.End();
        LiveStages.Remove(this);
        _stop.Complete([.. Untaken]);
    }
}
