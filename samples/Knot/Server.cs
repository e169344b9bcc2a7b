using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Knot.Files;
using Knot.Http;

namespace Knot;

/// <summary>One loop's worth of server: accepts, keeps the connections, and says from time to time how it is doing.</summary>
/// <remarks>All but <see cref="Stop"/> belongs to the loop's thread.</remarks>
internal sealed partial class Server : IDisposable
{
    private const int AcceptBatch = 64;

    // Linux's numbers: .NET has no name for the option by which several listeners share a port.
    private const int SolSocket = 1;
    private const int SoReusePort = 15;
    private static readonly TimeSpan s_acceptPause = TimeSpan.FromMilliseconds(100);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
    private readonly Rendezvous<Connection> _served = new();
    private readonly HashSet<Connection> _open = [];
    private readonly TextWriter _output;
    private Event _stop;
    private volatile bool _stopping;
    private bool _reporting;

    /// <summary>Binds to the port; the system queues clients from here on.</summary>
    /// <exception cref="SocketException">The port cannot be had.</exception>
    public Server(KnotOptions options, TextWriter output)
    {
        Options = options;
        _output = output;
        Cache = new ResponseCache(options.CacheBytes);
        Files = new StaticFiles(options.Root, Cache, options.RecheckAfter, Time);
        Date = new DateHeader(Time);
        if (options.Loops > 1)
            _listener.SetRawSocketOption(SolSocket, SoReusePort, BitConverter.GetBytes(1));
        _listener.NoDelay = true;       // accepted sockets inherit it, which saves a system call for each
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, options.Port));
        _listener.Listen(4096);
    }

    public KnotOptions Options { get; }

    public TimeProvider Time { get; } = TimeProvider.System;

    public ResponseCache Cache { get; }

    public StaticFiles Files { get; }

    public DateHeader Date { get; }

    public Stats Stats { get; } = new();

    public Uri Address => new($"http://{_listener.LocalEndPoint}");

    /// <summary>Serves until <see cref="Stop"/>.</summary>
    [Tamed]
    public partial void Run(Event done);

    private void RunBody(Event done)
    {
        Accept();
        Reap();
        using (twait())
        {
            _stop = mkevent();
            if (_stopping)
                _stop.Trigger();
        }
        Dispose();
        done.Trigger();
    }

    /// <summary>Ends <see cref="Run"/>, from any thread and at any time.</summary>
    public void Stop()
    {
        _stopping = true;
        _stop.Trigger();
    }

    /// <summary>Ends <see cref="Run"/>, which is under way, when a signal comes.</summary>
    public void StopOn(PosixSignal signal) => Primitives.signal(signal, _stop);

    public void CountRequest(bool cached)
    {
        Stats.Requests++;
        if (cached)
            Stats.CacheHits++;
        if (!_reporting)
            Report();
    }

    [Tamed]
    private partial void Accept();

    private void AcceptBody()
    {
        while (true)
        {
            using (twait())
                wait_on_fd(_listener, FdEvents.Read, mkevent());

            bool exhausted = false;
            for (int i = 0; i < AcceptBatch && !_stopping && TryAccept(isReady: i == 0, out var socket, out exhausted); i++)
            {
                var connection = Open(socket);
                connection.Serve(mkevent(_served, connection));
            }

            // Without descriptors the listener stays ready: waiting for it would spin.
            if (exhausted)
                using (twait())
                    timer(s_acceptPause, mkevent());
        }
    }

    /// <summary>False where nobody is waiting to be accepted, or nobody can be: <paramref name="exhausted"/> says that the system has run out of something.</summary>
    private bool TryAccept(bool isReady, [NotNullWhen(true)] out Socket? socket, out bool exhausted)
    {
        socket = null;
        exhausted = false;
        try
        {
            // Asking first is cheaper than an exception for each time that there is nobody.
            if (!isReady && !_listener.Poll(0, SelectMode.SelectRead))
                return false;
            socket = _listener.Accept();
            socket.Blocking = false;
            return true;
        }
        catch (SocketException e)
        {
            exhausted = e.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable;
            socket?.Dispose();
            return false;
        }
    }

    private Connection Open(Socket socket)
    {
        var connection = new Connection(socket, this);
        _open.Add(connection);
        Stats.Opened++;
        Stats.Active++;
        return connection;
    }

    /// <summary>Takes leave of the connections, one by one as they end.</summary>
    [Tamed]
    private partial void Reap();

    private void ReapBody()
    {
        while (true)
        {
            twait(_served, out Connection connection, out Exception? error);
            connection.Dispose();
            _open.Remove(connection);
            Stats.Active--;
            if (error is not null && !_stopping)
                _output.WriteLine($"a connection failed: {error.Message}");
        }
    }

    /// <summary>Prints a line every few seconds until one would have nothing to say, so that an idle server sets no timer.</summary>
    [Tamed]
    private partial void Report();

    private void ReportBody()
    {
        _reporting = true;
        string? line;
        do
        {
            using (twait())
                timer(Options.StatsInterval, mkevent());
            line = Stats.Report(Options.StatsInterval);
            if (line is not null)
                _output.WriteLine(line);
        }
        while (line is not null);
        _reporting = false;
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var connection in _open)
            connection.Dispose();
        _open.Clear();
    }
}
