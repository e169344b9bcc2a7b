namespace Tame.Stages;

/// <summary>Runs the turns of the stage. On the loop's thread.</summary>
public sealed partial class SocketStage
{
    private readonly HashSet<ListenSource> _listeners = [];

    /// <summary>Listeners that wait for a place for a connection.</summary>
    private readonly Queue<ListenSource> _paused = new();

    /// <summary>A listener has accepted a connection, for which it has a place.</summary>
    internal void Add(Connection connection)
    {
        lock (_linking)
            _links[connection] = new SocketLink(this, connection);
    }

    /// <summary>A connection is closed, and its sink has all of its items.</summary>
    internal void Remove(SocketLink link)
    {
        lock (_linking)
            _links.TryRemove(KeyValuePair.Create(link.Connection, link));
        Queues.Release();
    }

    /// <summary>A listener is closed.</summary>
    internal void Remove(ListenSource listener)
    {
        _listeners.Remove(listener);
        Queues.Release();
    }

    /// <summary>A connection reaches no sink.</summary>
    internal void Abort(Connection connection)
    {
        if (_links.TryGetValue(connection, out var link))
            link.Abort(default);
    }

    /// <summary>A listener waits for a place.</summary>
    internal void Pause(ListenSource listener) => _paused.Enqueue(listener);

    private void Serve(in SocketRequest request)
    {
        if (request.Target is ListenSource listener)
        {
            _listeners.Add(listener);
            listener.GoOn();
            Measure(Queues.Times);
            return;
        }
        var link = (SocketLink)request.Target!;
        switch (request.Kind)
        {
            case SocketRequestKind.Read:
                link.StartReading(request.Sink!);
                break;
            case SocketRequestKind.Write:
                link.Write(request.Write with { Times = Queues.Times });
                return;
            case SocketRequestKind.Close:
                link.Close(request.Write.Done);
                break;
            default:
                link.Abort(request.Write.Done);
                break;
        }
        Measure(Queues.Times);
    }

    private void ResumeListeners()
    {
        for (int left = _paused.Count; left != 0; left--)
            _paused.Dequeue().GoOn();
    }

    private sealed class Turns(SocketStage stage) : ITurn<SocketSource, SocketRequest>
    {
        public bool MayBegin => true;

        public void Serve(SocketRequest request) => stage.Serve(request);

        public void ServeReady(SocketSource ready) => ready.ServeReady();

        public void Ended()
        {
            stage.ResumeListeners();
            stage.TurnEnded();
            if (stage.IsStopping)
                stage.Finish();
        }
    }
}
