namespace Tame.Stages;

/// <summary>A request of a <see cref="FileStage"/> that is in progress. The object is reused. On the loop's thread.</summary>
internal sealed partial class FileCall(FileStage stage)
{
    private Outlet<FilePacket>? _outlet;
    private FileRequest _request;
    private RequestTimes _times;
    private PacketBuffer? _buffer;
    private int _count;
    private Exception? _error;
    private Event _wait;
    private State _state;
    private bool _isOver;

    private enum State
    {
        UnderWay,
        Done,
        Offered,
    }

    /// <summary>It can be used for another request.</summary>
    public bool IsFree => !_isOver && _outlet is not { IsOver: true };

    public void Start(in FileRequest request)
    {
        (_request, _times) = (request, stage.Queues.Times);
        if (request.Bytes is null)
            _buffer = stage.Buffers.Rent();
        Run();
    }

    /// <summary>The operation is done: delivers its result.</summary>
    public void ServeReady()
    {
        if (_isOver)
            return;
        if (_request.Sink is { } sink)
        {
            _outlet ??= new Outlet<FilePacket>(Settled) { Sink = sink };
            _outlet.Sink = sink;
            _state = State.Offered;
            if (!_outlet.Offer(TakePacket()))
                return;
        }
        else
        {
            Complete();
        }
        Finish();
    }

    /// <summary>Ends the request, and returns the packets that its sink has not taken.</summary>
    public void GiveUp(Exception error)
    {
        _isOver = true;
        if (_state == State.Offered)
        {
            if (_outlet!.TryTakeBack(out var held))
                stage.Untaken.Add(held);
        }
        else
        {
            if (_state == State.UnderWay)
                _error = error;
            _wait.Trigger();
            if (_request.Sink is null)
                Complete();
            else
                stage.Untaken.Add(TakePacket());
        }
        Finish();
    }

    /// <summary>The sink has taken the held item, or takes no more.</summary>
    private void Settled()
    {
        if (_outlet!.IsOver && _outlet.TryTakeBack(out var held))
            stage.Untaken.Add(held);
        Finish();
    }

    /// <summary>Completes the event of the request.</summary>
    private void Complete()
    {
        if (_error is not null)
        {
            ReturnBuffer();
            stage.CountFailed();
            _request.Fail(_error);
        }
        else if (_request.Bytes is not null)
        {
            _request.Written.Trigger();
        }
        else
        {
            var packet = TakePacket();
            if (!_request.Read.Trigger(packet))
                packet.Dispose();
        }
    }

    private void Finish()
    {
        stage.Measure(_times);
        _request = default;
        (_error, _count, _state) = (null, 0, State.UnderWay);
        stage.Finish(this);
    }

    private FilePacket TakePacket()
    {
        if (_error is not null)
        {
            ReturnBuffer();
            stage.CountFailed();
            return new FilePacket(_request, _error);
        }
        var buffer = _buffer!;
        _buffer = null;
        return new FilePacket(_request, buffer, _count);
    }

    private void ReturnBuffer()
    {
        _buffer?.Return(_buffer.Version);
        _buffer = null;
    }

    [Tamed]
    private partial void Run();

    private void RunBody()
    {
        RandomAccessFile? opened = null;
        try
        {
            if (_request.File is null)
                using (twait())
                    Open(mkevent(out opened));
            if (!_isOver)
                using (twait())
                    Begin(_request.File ?? opened!, mkevent(out _count));
        }
        catch (Exception error)
        {
            _error = error;
        }
        opened?.Dispose();
        _wait = default;
        if (_isOver)
            return;
        _state = State.Done;
        stage.Queues.AddReady(this);
    }

    private void Open(Event<RandomAccessFile> opened)
    {
        _wait = opened.Unblocker;
        bool reads = _request.Bytes is null;
        stage.Files.Open(_request.Path!, reads ? FileMode.Open : FileMode.OpenOrCreate, reads ? FileAccess.Read : FileAccess.Write, opened);
    }

    private void Begin(RandomAccessFile file, Event<int> done)
    {
        _wait = done.Unblocker;
        if (_request.Bytes is { } bytes)
            file.Write(bytes, _request.Offset, _wait);
        else
            file.Read(_buffer!.Bytes.AsMemory(0, _request.Length), _request.Offset, done);
    }
}
