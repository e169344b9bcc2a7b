using System.Buffers;
using System.Net.Sockets;
using Tame.Http.Parsing;
using Tame.Http.Writing;
using Tame.IO;

namespace Tame.Http.Serving;

/// <summary>The connection of one client. One tamed method reads its requests, passes them to the handler, and answers them in order, until one side ends the connection.</summary>
internal sealed partial class HttpConnection : IDisposable
{
    private readonly RequestHead _head = new();
    private readonly Reader _reader;
    private readonly Output _output;
    private readonly RequestBody _body;
    private readonly HttpExchange _exchange;
    private int _requests;
    private int _inARow;
    private long _start;
    private bool _hasBegun;
    private bool _isLate;
    private bool _isOver;
    private Event _waiting;

    public HttpConnection(Connection connection, HttpServer server)
    {
        Connection = connection;
        Server = server;
        var options = server.Options;
        _reader = new Reader(connection, Math.Max(options.MaxHeadBytes, options.MaxChunkExtensionBytes) + 8192);
        _output = new Output(connection, options.SendTimeout);
        _body = new RequestBody(_reader, this, options);
        _exchange = new HttpExchange(this, new HttpRequest(_head, _body), new HttpResponse(this, _output));
    }

    public Connection Connection { get; }

    public HttpServer Server { get; }

    public TimeProvider Time => Server.Time;

    public bool IsHead => _head.IsHead;

    public bool IsHttp10 => _head.IsHttp10;

    public bool HasAnswered => _exchange.Response.HasStarted;

    public TimeSpan Elapsed => Time.GetElapsedTime(_start);

    /// <summary>Whether another request may come after the answer whose head is made now.</summary>
    public bool MayKeepAlive =>
        _head.Status == 200 && _head.Framing.KeepsAlive(_head.IsHttp10) && !Server.IsStopping && _requests < Server.Options.MaxRequests && _body.CanBeDropped;

    private HttpResponse Response => _exchange.Response;

    /// <summary>Triggers <paramref name="done"/> when the client has left or has its last answer. A failure here does not affect other connections.</summary>
    [Tamed] public partial void Serve(Event done);

    private void ServeBody(Event done)
    {
        Server.Add(this);
        try
        {
            twait(e => AnswerAll(e));
            if (_isAborted)
                Connection.Abort();
            else if (!_isHandedOver && MustLinger)
                twait(e => Linger(e));
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException)
        {
            Connection.Abort();     // the client has left, or the server has stopped waiting
        }
        finally
        {
            Dispose();
        }
        done.Trigger();
    }

    /// <summary>Answers requests until one side ends the connection.</summary>
    [Tamed] private partial void AnswerAll(Event done);

    private void AnswerAllBody(Event done)
    {
        bool inTime;
        do
        {
            while (!HasHead())
            {
                using (twait())
                    _reader.Fill(Await(mkevent()).WithTimeout(Patience(), mkevent(out inTime)));
                Received(inTime);
            }
            if (_isOver)
                break;
            BeginExchange();
            try
            {
                if (!_head.IsRefused)
                    twait(e => Server.Handler(_exchange, e));
            }
            catch (Exception error)
            {
                HandlerFailed(error);
            }
            try
            {
                if (!_isHandedOver)
                    twait(e => EndAnswer(e));
            }
            catch (Exception error)
            {
                AnswerFailed(error);
            }
            if (!_body.IsDone && GoesOn)
                twait(e => DropBody(e));
            EndExchange();
            if (++_inARow >= Server.Options.MaxPipelined)
                twait(e => TakeTurn(e));
        }
        while (GoesOn);
        done.Trigger();
    }

    /// <summary>Called when the server stops: ends the connection if it waits for a request.</summary>
    public void Stop()
    {
        if (_waiting.IsPending && _reader.Buffered.IsEmpty)
            _waiting.Unblock();
        TellStopping();
    }

    /// <summary>Whether a head is complete or is to be refused. Also true at the end of the input.</summary>
    private bool HasHead()
    {
        var bytes = _reader.Buffered;
        if (bytes.IsEmpty)
        {
            _isOver |= _reader.IsEnded || (Server.IsStopping && !_hasBegun);
            return _isOver;
        }
        if (!_hasBegun)
            Start();
        RequestParser.Parse(bytes.Span, Server.Options, _head);
        if (_isLate && !_head.IsComplete)
            _head.Status = 408;
        if (_head.IsComplete)
            return true;
        _isOver |= _reader.IsEnded;
        return _isOver;
    }

    private void Start()
    {
        _hasBegun = true;
        _start = Time.GetTimestamp();
    }

    private void TakeTurn(Event taken)
    {
        _inARow = 0;
        asap(taken);
    }

    private Event Await(Event filled)
    {
        _inARow = 0;
        return _waiting = filled;
    }

    private TimeSpan Patience()
    {
        if (!_hasBegun)
            return Server.Options.IdleTimeout;
        var limit = Server.Options.HeadTimeout;
        if (limit == Timeout.InfiniteTimeSpan)
            return limit;
        var left = limit - Time.GetElapsedTime(_start);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Received(bool inTime)
    {
        _waiting = default;
        if (inTime)
            return;
        if (_hasBegun)
            _isLate = true;
        else
            _isOver = true;
    }
}
