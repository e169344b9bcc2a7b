using System.Net;

namespace Tame.Http.Tests;

/// <summary>A server on a loop and a thread of its own, for clients that know nothing of Tame.</summary>
internal sealed class Hosted : IDisposable
{
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _isListening = new();
    private Listener? _listener;
    private Exception? _failure;

    public Hosted(Action<HttpExchange, Event> handler, HttpServerOptions? options = null)
    {
        var shown = (options ?? new HttpServerOptions()) with { OnFailure = (_, error) => _failure = error };
        _thread = new Thread(() => Run(handler, shown)) { IsBackground = true };
        _thread.Start();
        Assert.True(_isListening.Wait(TimeSpan.FromSeconds(10)), "The server did not start.");
    }

    public int Port { get; private set; }

    /// <summary>Stops the server, and waits for it.</summary>
    public void Dispose()
    {
        _listener!.Dispose();
        Assert.True(_thread.Join(TimeSpan.FromSeconds(20)), "The server did not stop.");
        Assert.Null(_failure);
        _isListening.Dispose();
    }

    private void Run(Action<HttpExchange, Event> handler, HttpServerOptions options)
    {
        try
        {
            EventLoop.Run(done =>
            {
                _listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
                Port = ((IPEndPoint)_listener.LocalEndPoint).Port;
                _listener.ServeHttp(handler, options, done);
                _isListening.Set();
            });
        }
        catch (Exception error)
        {
            _failure = error;
        }
    }
}
