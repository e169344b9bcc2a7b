using System.Buffers;
using System.Net.Sockets;
using Tame.IO;

namespace ProxyProgram;

/// <summary>Relays each connection to another server, and counts. When one direction ends, the proxy passes the end on, and the other direction continues. When one side breaks, the proxy resets the other side.</summary>
/// <remarks>An idle connection holds no buffer.</remarks>
public sealed partial class ProxyServer(string host, int port, TextWriter log)
{
    private const int ChunkSize = 64 * 1024;
    private static readonly TimeSpan s_connectLimit = TimeSpan.FromSeconds(5);

    /// <summary>Connections that are open, were opened in all, and have failed.</summary>
    public int Open { get; private set; }

    public int Begun { get; private set; }

    public int Failed { get; private set; }

    /// <summary>Bytes from clients and to clients.</summary>
    public long Up { get; private set; }

    public long Down { get; private set; }

    /// <summary>Serves until the listener is closed, and then lets connections continue for ten seconds.</summary>
    public void Run(Listener listener, Event done) => listener.Serve(
        Relay,
        new ServeOptions { DrainTimeout = TimeSpan.FromSeconds(10), OnFailure = (client, error) => log.WriteLine($"{client.RemoteEndPoint} has failed: {error.Message}") },
        done);

    public override string ToString() => $"open {Open}, begun {Begun}, failed {Failed}, up {Up}, down {Down} bytes";

    [Tamed] private partial void Relay(Connection client, Event done);

    private void RelayBody(Connection client, Event done)
    {
        Begun++;
        Open++;
        Exception? failure = null;
        try
        {
            twait(e => Network.Current.Connect(host, port, e.WithTimeout(s_connectLimit)), out Connection server);
            using var directions = new Rendezvous();
            Pump(client, server, isUp: true, mkevent(directions));
            Pump(server, client, isUp: false, mkevent(directions));
            for (int left = 2; left > 0; left--)
            {
                twait(directions, out Exception? error);
                if (error is null || failure is not null)
                    continue;
                failure = error;
                server.Abort();     // this ends the other direction
                client.Abort();
            }
            server.Dispose();
        }
        catch (Exception error) when (error is SocketException or TimeoutException)
        {
            failure = error;        // the server was not reached
        }
        finally
        {
            Open--;
        }
        if (failure is null)
        {
            done.Trigger();
            return;
        }
        Failed++;
        done.Fail(failure);         // Serve aborts the client then
    }

    /// <summary>Copies one direction to its end.</summary>
    [Tamed] private partial void Pump(Connection from, Connection to, bool isUp, Event done);

    private void PumpBody(Connection from, Connection to, bool isUp, Event done)
    {
        int count = -1;
        while (count != 0)
        {
            twait(e => from.Receive(Memory<byte>.Empty, e), out int _);     // holds no memory
            byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
            try
            {
                if (!from.TryReceive(chunk, out count))
                {
                    count = -1;
                    continue;
                }
                ReadOnlyMemory<byte> bytes = chunk.AsMemory(0, count);
                twait(e => to.Send(bytes, e));
                if (isUp)
                    Up += count;
                else
                    Down += count;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(chunk);
            }
        }
        to.CloseSend();
        done.Trigger();
    }
}
