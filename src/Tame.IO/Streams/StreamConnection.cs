using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>A connection over a stream.</summary>
internal partial class StreamConnection : Connection
{
    private static readonly TimeSpan s_linger = TimeSpan.FromSeconds(30);
    private readonly Stream _stream;
    private readonly StreamInput _input;
    private readonly StreamOutput _output;
    private readonly Signal _readable;
    private readonly Signal _writable;
    private bool _waitsToReceive;
    private bool _waitsToSend;

    /// <param name="stream">The stream, which the connection owns.</param>
    /// <param name="end">Tells the peer that no more bytes come.</param>
    /// <param name="holdsTime">Reads and writes count as work outside the loop.</param>
    /// <param name="isCutOff">Called when the stream has ended. Returns whether it ended too early.</param>
    public StreamConnection(Stream stream, Func<Stream, Task> end, bool holdsTime = true, Func<bool>? isCutOff = null)
    {
        _stream = stream;
        _readable = new Signal(Loop, NoteReadable);
        _writable = new Signal(Loop, NoteWritable);
        _input = new StreamInput(stream, Loop, holdsTime, isCutOff, _readable);
        _output = new StreamOutput(stream, Loop, holdsTime, end, _writable);
    }

    public override EndPoint? LocalEndPoint => Socket?.LocalEndPoint;

    public override EndPoint? RemoteEndPoint => Socket?.RemoteEndPoint;

    public Stream Stream => _stream;

    private Socket? Socket => (_stream as NetworkStream)?.Socket;

    public override int GetSocketOption(SocketOptionLevel level, SocketOptionName name) => (int)(Socket ?? throw NoOptions()).GetSocketOption(level, name)!;

    public override void SetSocketOption(SocketOptionLevel level, SocketOptionName name, int value) => (Socket ?? throw NoOptions()).SetSocketOption(level, name, value);

    internal override Exception Failed(string what, SocketError error)
    {
        if (error != SocketError.SocketError)
            return base.Failed(what, error);
        var cause = what.StartsWith("send", StringComparison.Ordinal) ? _output.Error : _input.Error;
        return cause is EndOfStreamException ? new EndOfStreamException(cause.Message, cause) : StreamErrors.Failed(what, this, cause!);
    }

    protected override int ReceiveCore(Span<byte> buffer, out SocketError error)
    {
        error = SocketError.Success;
        if (_input.HasBytes)
            return _input.Read(buffer);
        if (_input.Error is { } failure)
            error = CodeOf(failure);
        else if (!_input.IsEnded)
        {
            _input.Start();
            if (_input.HasBytes)
                return _input.Read(buffer);
            error = _input.Error is null ? _input.IsEnded ? SocketError.Success : SocketError.WouldBlock : CodeOf(_input.Error);
        }
        return 0;
    }

    protected override int SendCore(ReadOnlySpan<byte> buffer, out SocketError error)
    {
        error = SocketError.Success;
        if (_output.Error is { } failure)
            error = CodeOf(failure);
        else if (_output.HasRoom)
            return _output.Write(buffer);
        else
            error = SocketError.WouldBlock;
        return 0;
    }

    protected override void CloseSendCore() => _output.End();

    protected override void CloseCore(bool isAbort)
    {
        if (isAbort || !LoopThread.HasEntered(Loop))
            CloseStream(isAbort);
        else
            Finish(Event.Ignored);
    }

    protected override void WaitToReceive()
    {
        _waitsToReceive = true;
        if (!_input.IsReady)
            _input.Start();
        if (_input.IsReady)
            _readable.Set();
    }

    protected override void StopWaitToReceive() => _waitsToReceive = false;

    protected override void WaitToSend()
    {
        _waitsToSend = true;
        if (_output.HasRoom || _output.Error is not null)
            _writable.Set();
    }

    protected override void StopWaitToSend() => _waitsToSend = false;

    /// <summary>Closes the stream at once.</summary>
    protected virtual void CloseStream(bool isAbort)
    {
        if (isAbort && Socket is { } socket)
            socket.LingerState = new LingerOption(true, 0);
        _stream.Dispose();
    }

    /// <summary>Writes the remaining bytes, ends the stream to the peer and closes it. There is a time limit for a peer that does not read.</summary>
    [Tamed] private partial void Finish(Event finished);

    private void FinishBody(Event finished)
    {
        bool isAbort = true;
        try
        {
            _output.End();
            twait(e => _output.WhenEnded(e.WithTimeout(s_linger)));
            isAbort = false;
        }
        finally
        {
            CloseStream(isAbort);
        }
        finished.Trigger();
    }

    /// <summary>The system error that caused a failure of the stream, if any.</summary>
    private static SocketError CodeOf(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException { SocketErrorCode: var code })
                return code;
        }
        return SocketError.SocketError;
    }

    private static SocketException NoOptions() => new((int)SocketError.OperationNotSupported);

    private void NoteReadable()
    {
        if (_waitsToReceive && _input.IsReady)
            OnReadable();
    }

    private void NoteWritable()
    {
        if (_waitsToSend && (_output.HasRoom || _output.Error is not null))
            OnWritable();
    }
}
