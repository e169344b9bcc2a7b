using System.Buffers;
using System.Net.Sockets;
using Tame.Http.Parsing;

namespace Tame.Http.Serving;

/// <summary>One exchange, from its head to its end.</summary>
internal sealed partial class HttpConnection
{
    private List<Event>? _stopping;
    private byte[]? _copy;
    private bool _isHandedOver;
    private bool _isAborted;
    private bool _wasRefused;

    private bool GoesOn => Response.KeepsAlive && !_isAborted && !_isOver && !_isHandedOver;

    /// <summary>Closing with unread input resets the connection, and the reset may overtake the answer. Over TLS, sent bytes may not have left yet.</summary>
    private bool MustLinger => Server.Options.Tls is not null || _wasRefused || !_body.IsDone || !_reader.Buffered.IsEmpty;

    public void WhenStopping(Event stopping)
    {
        if (Server.IsStopping)
        {
            stopping.Trigger();
            return;
        }
        _stopping ??= [];
        if (_stopping.Count == _stopping.Capacity)
            _stopping.RemoveAll(static asked => !asked.IsPending);      // a stream calls this again for each of its waits
        _stopping.Add(stopping);
    }

    /// <summary>Whether the request asks for a protocol. HTTP/1.0 has no upgrades.</summary>
    public bool MayUpgrade(string protocol) =>
        !_head.IsHttp10 && _head.Framing.Upgrade && _body.IsDone && _exchange.Request.Fields.Has("Upgrade"u8, System.Text.Encoding.UTF8.GetBytes(protocol));

    /// <summary>Sends the head of the answer, and hands over the connection.</summary>
    [Tamed] public partial void HandOver(string? protocol, Event<Connection, ReadOnlyMemory<byte>> taken);

    private void HandOverBody(string? protocol, Event<Connection, ReadOnlyMemory<byte>> taken)
    {
        try
        {
            _isHandedOver = true;
            twait(e => Response.EndWithHandOver(protocol, e));
            ReadOnlyMemory<byte> ahead = _reader.Buffered[(_copy is null ? _head.Length : 0)..].ToArray();
            _reader.Dispose();
            taken.Trigger(Connection, ahead);
        }
        catch (Exception error)
        {
            _isHandedOver = Response.HasStarted;
            taken.Fail(error);
        }
    }

    private void TellStopping()
    {
        if (_stopping is null)
            return;
        foreach (var stopping in _stopping)
            stopping.Trigger();
        _stopping.Clear();
    }

    private void BeginExchange()
    {
        _requests++;
        _wasRefused = _head.IsRefused;
        if (!_head.IsRefused)
        {
            _body.Begin(_head.Framing, _head.IsHttp10);
            _exchange.Request.Begin(_body.IsDone ? _reader.Buffered : CopyHead());
        }
        else
        {
            _exchange.Request.Begin(_reader.Buffered);
        }
        Response.Begin();
        if (_head.IsRefused)
            Response.Answer(Server.Page(_head.Status));
    }

    /// <summary>Reading a body moves the reader's buffer, so the head is copied first.</summary>
    private ReadOnlyMemory<byte> CopyHead()
    {
        _copy = ArrayPool<byte>.Shared.Rent(_head.Length);
        _reader.Buffered.Span[.._head.Length].CopyTo(_copy);
        _reader.Consume(_head.Length);
        return _copy.AsMemory(0, _head.Length);
    }

    private void HandlerFailed(Exception error)
    {
        bool isClients = _output.IsBroken || _body.IsBroken || Connection.IsClosed;
        if (error is not BadRequestException && !(isClients && error is SocketException or IOException or ObjectDisposedException or TimeoutException))
            Server.Options.Report(_exchange, error);
        if (_isHandedOver)
        {
            Connection.Abort();
            return;
        }
        if (Response.HasStarted || _output.IsBroken || _output.IsSending || Connection.IsClosed)
        {
            _isAborted = true;
            return;
        }
        Response.Reset();
        Response.Answer(Server.Page((error as BadRequestException)?.Status ?? 500));
    }

    private void EndAnswer(Event ended)
    {
        if (_isAborted || _output.IsSending || _output.IsBroken)
        {
            _isAborted = true;
            ended.Trigger();
            return;
        }
        try
        {
            Response.End(ended);
        }
        catch (InvalidOperationException error) when (!Response.HasStarted)
        {
            HandlerFailed(error);
            Response.End(ended);
        }
        if (Response.IsCutShort)
        {
            _isAborted = true;
            Server.Options.Report(_exchange, new InvalidOperationException("The handler wrote fewer bytes than the length in the head of its answer says."));
        }
    }

    private void AnswerFailed(Exception error)
    {
        _isAborted = true;
        if (error is not (SocketException or IOException or ObjectDisposedException or TimeoutException))
            Server.Options.Report(_exchange, error);
    }

    /// <summary>Reads the rest of the body, because the next request comes after it. If the rest is too long, the connection ends.</summary>
    [Tamed] private partial void DropBody(Event dropped);

    private void DropBodyBody(Event dropped)
    {
        try
        {
            _body.Limit = Server.Options.MaxDiscardedBytes;
            twait(e => _body.Discard(e.WithTimeout(Server.Options.LingerTimeout)));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _isOver = true;
        }
        dropped.Trigger();
    }

    private void EndExchange()
    {
        Server.Options.OnAnswered?.Invoke(_exchange);
        if (_isHandedOver)
            return;
        Response.Close();
        _body.End();
        _stopping?.Clear();
        _hasBegun = false;
        if (_copy is not null)
            ArrayPool<byte>.Shared.Return(_copy);
        else
            _reader.Consume(_head.Length);
        _copy = null;
        _head.Clear();
        _exchange.Request.Begin(default);
    }

    /// <summary>Lets the client take the last answer before the connection is closed.</summary>
    [Tamed] private partial void Linger(Event done);

    private void LingerBody(Event done)
    {
        Connection.CloseSend();
        long start = Time.GetTimestamp();
        var limit = Server.Options.Tls is null ? Server.Options.LingerTimeout : Server.Options.SendTimeout;
        bool inTime = true;
        for (long dropped = 0; inTime && !_reader.IsEnded && dropped < MostLingering; dropped += _reader.Buffered.Length)
        {
            _reader.Consume(_reader.Buffered.Length);
            var left = limit == Timeout.InfiniteTimeSpan ? limit : limit - Time.GetElapsedTime(start);
            if (left != limit && left < TimeSpan.Zero)
                left = TimeSpan.Zero;
            using (twait())
                _reader.Fill(mkevent().WithTimeout(left, mkevent(out inTime)));
        }
        done.Trigger();
    }

    private const long MostLingering = 1 << 20;

    public void Dispose()
    {
        Server.Remove(this);
        if (!_isHandedOver)
            _reader.Dispose();
        _stopping?.Clear();
        if (!_output.IsSending)
            Response.Close();
        _body.End();
        if (_copy is not null)
            ArrayPool<byte>.Shared.Return(_copy);
        _copy = null;
    }
}
