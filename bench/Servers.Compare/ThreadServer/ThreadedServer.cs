using System.Net;
using System.Net.Sockets;

namespace Tame.ThreadServer;

/// <summary>Accepts connections and gives each a thread, which blocks in the system until its client has sent or taken something.</summary>
internal sealed class ThreadedServer : IDisposable
{
    private const int StackBytes = 128 * 1024;
    private const int Backlog = 4096;
    private readonly Socket _listener;
    private readonly SmallFiles _files;
    private volatile bool _isStopped;

    /// <exception cref="SocketException">The port cannot be had.</exception>
    public ThreadedServer(IPEndPoint at, string root)
    {
        _files = new SmallFiles(Path.GetFullPath(root));
        _listener = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Bind(at);
        _listener.Listen(Backlog);
        Address = (IPEndPoint)_listener.LocalEndPoint!;
    }

    public IPEndPoint Address { get; }

    /// <summary>Serves until <see cref="Dispose"/>. Connections that are open then end with the process.</summary>
    public void Run()
    {
        while (!_isStopped)
        {
            Socket client;
            try
            {
                client = _listener.Accept();
            }
            catch (Exception error) when (_isStopped && error is SocketException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                Thread.Sleep(10);       // no descriptor is free: those who are served will give theirs back
                continue;
            }
            Start(client);
        }
    }

    public void Dispose()
    {
        _isStopped = true;
        _listener.Dispose();
    }

    private void Start(Socket client)
    {
        try
        {
            new Thread(() => new Conversation(client, _files).Run(), StackBytes) { IsBackground = true }.Start();
        }
        catch (OutOfMemoryException)    // the system has no thread left
        {
            client.Dispose();
        }
    }
}
