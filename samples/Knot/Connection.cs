using System.Net.Sockets;
using Knot.Http;

namespace Knot;

/// <summary>One client: requests are read, answered and written in order, in one tamed method, until one side wants no more.</summary>
internal sealed partial class Connection(Socket socket, Server server) : IDisposable
{
    /// <summary>What one connection sends at most before the others get their turn.</summary>
    private const int Burst = 1 << 20;

    /// <summary>What a client may still send after an answer that closes the connection.</summary>
    private const int LingerBytes = 1 << 20;

    private readonly KnotOptions _options = server.Options;
    private readonly Incoming _incoming = new();
    private readonly Outgoing _outgoing = new(server.Date);

    /// <summary>Triggers <paramref name="done"/> when the client has gone or the last answer is written; what fails here fails nobody else.</summary>
    [Tamed]
    public partial void Serve(Event done);

    private void ServeBody(Event done)
    {
        bool keepAlive = true, mayLinger = false, inTime;
        while (keepAlive)
        {
            RequestHead head;
            long start = server.Time.GetTimestamp();
            while (!(head = RequestParser.Parse(_incoming.Unread)).IsComplete)
            {
                bool silent = _incoming.IsEmpty;
                var limit = silent ? _options.IdleLimit : Left(_options.HeadLimit, start);
                using (twait())
                    wait_on_fd(socket, FdEvents.Read, mkevent().WithTimeout(limit, mkevent(out inTime)));

                if (silent)
                    start = server.Time.GetTimestamp();
                if (inTime ? !_incoming.Receive(socket) : silent)
                {
                    done.Trigger();
                    return;
                }
                if (!inTime)
                {
                    head = RequestHead.Refuse(408);
                    break;
                }
            }

            keepAlive = Answer(head);
            mayLinger = head.HasBody || !_incoming.IsEmpty;

            int burst = 0;
            while (!_outgoing.IsDone)
            {
                int sent = _outgoing.Send(socket, out var error);
                inTime = true;
                if (error == SocketError.WouldBlock)
                    using (twait())
                        wait_on_fd(socket, FdEvents.Write, mkevent().WithTimeout(_options.StallLimit, mkevent(out inTime)));
                if (!inTime || error is not (SocketError.Success or SocketError.WouldBlock))
                {
                    done.Trigger();
                    return;
                }

                server.Stats.BytesSent += sent;
                if ((burst += sent) >= Burst)
                {
                    burst = 0;
                    using (twait())
                        asap(mkevent());
                }
            }
        }

        if (mayLinger)
            using (twait())
                Linger(mkevent());
        done.Trigger();
    }

    /// <summary>Starts the answer to one request; false where it is the last one.</summary>
    private bool Answer(in RequestHead head)
    {
        bool cached = false, keepAlive = false;
        Response response;
        if (head.IsRefused)
        {
            response = StatusPages.For(head.Status);
        }
        else
        {
            response = head.Method switch
            {
                RequestMethod.Unknown => StatusPages.For(501),
                RequestMethod.NotAllowed => StatusPages.For(405),
                _ => server.Files.Find(_incoming.Unread.Slice(head.TargetStart, head.TargetLength), out cached),
            };
            keepAlive = head.KeepAlive && !head.HasBody;
            _incoming.Consume(head.Length);
        }

        server.CountRequest(cached);
        bool headOnly = head.Method == RequestMethod.Head;
        try
        {
            _outgoing.Start(response, headOnly, keepAlive, head.IsHttp10);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _outgoing.Dispose();
            _outgoing.Start(StatusPages.For(e is UnauthorizedAccessException ? 403 : 500), headOnly, keepAlive, head.IsHttp10);
        }
        return keepAlive;
    }

    /// <summary>
    /// Lets the client read the last answer before the socket closes: closing over unread input resets the connection, and the reset may overtake the answer.
    /// </summary>
    [Tamed]
    private partial void Linger(Event done);

    private void LingerBody(Event done)
    {
        socket.Shutdown(SocketShutdown.Send);
        long start = server.Time.GetTimestamp();
        bool inTime = true;
        for (int taken = 0; inTime && taken < LingerBytes; taken += _incoming.Unread.Length)
        {
            _incoming.Clear();
            using (twait())
                wait_on_fd(socket, FdEvents.Read, mkevent().WithTimeout(Left(_options.LingerLimit, start), mkevent(out inTime)));
            if (inTime && !_incoming.Receive(socket))
                break;
        }
        done.Trigger();
    }

    /// <summary>What is left of <paramref name="limit"/> since <paramref name="start"/>, at least zero.</summary>
    private TimeSpan Left(TimeSpan limit, long start)
    {
        var left = limit - server.Time.GetElapsedTime(start);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public void Dispose()
    {
        socket.Dispose();
        _incoming.Dispose();
        _outgoing.Dispose();
    }
}
