using System.Net.Sockets;

namespace Echo;

/// <summary>The echo servers on .NET's sockets. The variable DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS makes the second one complete inline.</summary>
internal static class SocketServers
{
    public static void AcceptByArgs(Socket listener)
    {
        var args = new SocketAsyncEventArgs();
        args.Completed += (_, e) => Accepted(listener, e);
        if (!listener.AcceptAsync(args))
            ThreadPool.QueueUserWorkItem(_ => Accepted(listener, args));
    }

    public static async Task AcceptStreams(Socket listener)
    {
        while (true)
            _ = Echo(await listener.AcceptAsync().ConfigureAwait(false));
    }

    private static void Accepted(Socket listener, SocketAsyncEventArgs args)
    {
        do
        {
            var socket = args.AcceptSocket!;
            args.AcceptSocket = null;
            socket.NoDelay = true;
            Start(socket);
        }
        while (!listener.AcceptAsync(args));
    }

    private static void Start(Socket socket)
    {
        var args = new SocketAsyncEventArgs { UserToken = socket };
        args.SetBuffer(new byte[1024], 0, 1024);
        args.Completed += static (_, e) => Continue(e);
        if (!socket.ReceiveAsync(args))
            Continue(args);
    }

    private static void Continue(SocketAsyncEventArgs args)
    {
        var socket = (Socket)args.UserToken!;
        while (true)
        {
            if (args.SocketError != SocketError.Success || args.BytesTransferred == 0)
            {
                socket.Dispose();
                return;
            }
            bool isPending;
            if (args.LastOperation == SocketAsyncOperation.Receive)
            {
                args.SetBuffer(0, args.BytesTransferred);
                isPending = socket.SendAsync(args);
            }
            else
            {
                args.SetBuffer(0, 1024);
                isPending = socket.ReceiveAsync(args);
            }
            if (isPending)
                return;
        }
    }

    private static async Task Echo(Socket socket)
    {
        socket.NoDelay = true;
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        var buffer = new byte[1024];
        try
        {
            int count;
            while ((count = await stream.ReadAsync(buffer).ConfigureAwait(false)) != 0)
                await stream.WriteAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
        }
        catch (IOException)
        {
        }
    }
}
