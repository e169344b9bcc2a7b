using Tame.Comparison.Servers;

namespace Tame.Comparison;

/// <summary>A temporary folder, and the processes that run out of it. At the end both are gone.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<RunningServer> _running = [];
    private bool _isDisposed;

    public Workspace()
    {
        Folder = Directory.CreateTempSubdirectory("tame-servers-").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);      // workers of Apache and nginx are another user where this runs as root
    }

    public string Folder { get; }

    /// <exception cref="OperationCanceledException">The end has begun: it is stopped.</exception>
    public void Add(RunningServer server)
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _running.Add(server);
                return;
            }
        }
        server.Stop();
        throw new OperationCanceledException();
    }

    public void Remove(RunningServer server)
    {
        lock (_lock)
            _running.Remove(server);
    }

    /// <summary>Stops what runs and deletes the folder. For any thread, such as one on which a signal came.</summary>
    public void Dispose()
    {
        RunningServer[] running;
        lock (_lock)
        {
            (running, _isDisposed) = ([.. _running], true);
            _running.Clear();
        }
        foreach (var server in running)
            server.Stop();
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }
}
