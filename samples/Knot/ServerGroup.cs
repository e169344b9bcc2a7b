using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Knot;

/// <summary>Servers of one port, each with a loop and a thread of its own. They share nothing; the system spreads the clients among them.</summary>
internal sealed class ServerGroup : IDisposable
{
    private readonly List<Server> _servers = [];
    private Exception? _failure;

    /// <summary>Binds all of them; the first finds out which port it is where that is 0.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The port cannot be had.</exception>
    public ServerGroup(KnotOptions options, TextWriter output)
    {
        _servers.Add(new Server(options, output));
        for (int i = 1; i < options.Loops; i++)
            _servers.Add(new Server(options with { Port = Address.Port }, output));
    }

    public Uri Address => _servers[0].Address;

    /// <summary>Serves until a signal comes or one of them fails: then all of them end.</summary>
    public void Run()
    {
        var others = _servers.Skip(1).Select(server => new Thread(() => Run(server))).ToList();
        others.ForEach(thread => thread.Start());
        Run(_servers[0]);
        others.ForEach(thread => thread.Join());
        if (_failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
    }

    public void Dispose() => _servers.ForEach(server => server.Dispose());

    private void Run(Server server)
    {
        try
        {
            EventLoop.Run(done =>
            {
                server.Run(done);
                server.StopOn(PosixSignal.SIGINT);
                server.StopOn(PosixSignal.SIGTERM);
            });
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
        }
        finally
        {
            _servers.ForEach(other => other.Stop());
        }
    }
}
