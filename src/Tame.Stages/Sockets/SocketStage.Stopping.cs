namespace Tame.Stages;

/// <summary>Stops the stage.</summary>
public sealed partial class SocketStage
{
    private bool _isClosingAll;

    /// <summary>A turn is over: continues with the stop.</summary>
    private void Finish()
    {
        if (Queues.RequestCount != 0 || HasEnded)
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

    private protected override void GiveUp(bool isLoopEnd)
    {
        if (HasEnded)
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
}
