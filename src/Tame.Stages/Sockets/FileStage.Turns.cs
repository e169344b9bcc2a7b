namespace Tame.Stages;

/// <summary>Runs the turns of the stage, and stops it.</summary>
public sealed partial class FileStage
{
    private readonly HashSet<FileCall> _calls = [];
    private readonly Stack<FileCall> _free = new();

    /// <summary>A request is over.</summary>
    internal void Finish(FileCall call)
    {
        _calls.Remove(call);
        if (call.IsFree)
            _free.Push(call);
        Queues.Release();
    }

    private protected override void GiveUp(bool isLoopEnd)
    {
        if (HasEnded)
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
            stage.TurnEnded();
            if (stage.IsStopping && !stage.HasEnded && stage.Queues is { RequestCount: 0, Places: 0 })
                stage.End();
        }
    }
}
