using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Tame.Load;

namespace Tame.Comparison.Servers;

/// <summary>A server that runs, with all of its processes.</summary>
internal sealed class RunningServer : IDisposable
{
    private const int LinesKept = 20;
    private const int Terminate = 15, Kill = 9;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);
    private readonly Workspace _work;
    private readonly Process _process;
    private readonly Queue<string> _said = [];
    private readonly Lock _stopping = new();
    private bool _isStopped;

    private RunningServer(Workspace work, string[] command, int port)
    {
        _work = work;
        Address = new IPEndPoint(IPAddress.Loopback, port);
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        work.Add(this);
    }

    public IPEndPoint Address { get; }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>What it printed last.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return string.Join('\n', _said);
        }
    }

    /// <summary>Starts a server and waits until it answers with a file as it is on the disk.</summary>
    /// <param name="work">Stops it at the end.</param>
    /// <param name="kind">Which server.</param>
    /// <param name="files">What it serves.</param>
    /// <param name="clients">How many clients there will be.</param>
    /// <param name="cores">Where it runs.</param>
    /// <exception cref="InvalidOperationException">It ends, does not answer in time, or answers with something else.</exception>
    public static RunningServer Start(Workspace work, ServerKind kind, Mix.FileSet files, int clients, Cores cores)
    {
        int port = FreePort();
        string folder = Path.Join(work.Folder, kind.Name);
        Directory.CreateDirectory(folder);
        var server = new RunningServer(work, cores.OnServer(kind.Prepare(new ServerPlace(port, files.Folder, folder, clients))), port);
        try
        {
            server.WaitFor(files.Files[0]);
            return server;
        }
        catch (InvalidOperationException error)
        {
            server.Dispose();
            throw new InvalidOperationException($"{kind.Name}: {error.Message} {server.Said}".Trim(), error);
        }
    }

    /// <summary>Asks it to end, and ends all of its processes where that takes too long. For any thread, and as often as you like.</summary>
    public void Stop()
    {
        lock (_stopping)
        {
            if (!_isStopped)
                End();
            _isStopped = true;
        }
    }

    public void Dispose()
    {
        Stop();
        _work.Remove(this);
        _process.Dispose();
    }

    private void End()
    {
        var family = ProcessTree.Of(_process.Id);
        if (!_process.HasExited)
            _ = Signal(_process.Id, Terminate);
        if (_process.WaitForExit(s_grace))
            family = [.. family.Skip(1)];
        foreach (int left in family)        // children that their parent leaves behind would hold the port
            _ = Signal(left, Kill);
        _process.WaitForExit(s_grace);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private void WaitFor(Mix.MixFile file)
    {
        using var client = new HttpClient { Timeout = s_patience };
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            if (HasEnded)
                throw new InvalidOperationException($"it ended with code {_process.ExitCode} before it answered.");
            try
            {
                byte[] bytes = client.GetByteArrayAsync(new Uri($"http://{Address}{file.Path}")).GetAwaiter().GetResult();
                if (bytes.Length != file.Size)
                    throw new InvalidOperationException($"it answers with {bytes.Length} bytes where {file.Path} has {file.Size}.");
                return;
            }
            catch (HttpRequestException) when (waiting.Elapsed < s_patience)
            {
                Thread.Sleep(20);
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                throw new InvalidOperationException($"it does not serve {file.Path}: {error.Message}", error);
            }
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_said)
        {
            _said.Enqueue(line);
            if (_said.Count > LinesKept)
                _said.Dequeue();
        }
    }
}
