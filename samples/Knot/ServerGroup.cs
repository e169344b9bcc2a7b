using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Tame.Dashboards;

namespace Knot;

/// <summary>Servers of one port, each with its own loop and thread. They share nothing. The system spreads the clients among them.</summary>
internal sealed class ServerGroup(KnotOptions options, TextWriter output, Func<KnotOptions, TextWriter, Server> make)
{
    private readonly List<Server> _servers = [];
    private readonly List<Thread> _threads = [];
    private readonly Totals _totals = new();
    private readonly Lock _lock = new();
    private Exception? _failure;

    /// <summary>Serves until a signal arrives or one server fails. Then all servers end.</summary>
    /// <param name="listening">Called with the address when the first one listens, before the others do.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The port is not available.</exception>
    public void Run(Action<Uri> listening)
    {
        var first = make(options, output);
        first.Ready = () =>
        {
            StopOnSignals(first);
            listening(first.Address);
            StartDashboard(first.Name);
            StartOthers(first.Address);
        };
        Run(first, 1);
        foreach (var thread in _threads)
            thread.Join();
        if (_failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
    }

    /// <summary>The dashboard ends with the loop. If it cannot start, the server still serves.</summary>
    private void StartDashboard(string title)
    {
        try
        {
            #region dashboard
            if (options.DashboardPort is { } port)
                Dashboard.Start(EventLoop.Current!, port, new DashboardOptions { Title = title, Output = output });
            #endregion
        }
        catch (SocketException error)
        {
            output.WriteLine($"no dashboard: port {options.DashboardPort}: {error.Message}");
        }
    }

    /// <summary>Runs when the first server listens, because only then a port 0 has its actual number.</summary>
    private void StartOthers(Uri address)
    {
        for (int i = 1; i < options.Loops; i++)
        {
            var server = make(options with { Port = address.Port }, output);
            server.Ready = () => StopOnSignals(server);
            int number = i + 1;
            var thread = new Thread(() => Run(server, number));
            _threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>Runs before the address is announced, because a client may send a request as soon as it knows the address.</summary>
    private static void StopOnSignals(Server server)
    {
        server.StopOn(PosixSignal.SIGINT);
        server.StopOn(PosixSignal.SIGTERM);
    }

    /// <summary>While the process is short of these resources, it accepts no further clients, and keeps serving the existing ones.</summary>
    private static Resource[] Scarce() => OperatingSystem.IsLinux() ? [Resource.Descriptors(), Resource.ManagedMemory()] : [Resource.ManagedMemory()];

    private void Run(Server server, int number)
    {
        lock (_lock)
            _servers.Add(server);
        server.Totals = _totals;
        try
        {
            EventLoop.Run(
                done =>
                {
                    server.Listen();
                    server.Run(done);
                },
                new EventLoopOptions { Name = $"{server.Name.ToLowerInvariant()} {number}", Resources = Scarce() });
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
        }
        finally
        {
            lock (_lock)
                _servers.ForEach(other => other.Stop());
        }
    }
}
