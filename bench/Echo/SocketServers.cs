using System.Buffers;
using System.Net.Sockets;

namespace Echo;

/// <summary>The echo servers on .NET's sockets. The variable DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS makes the second one complete inline.</summary>
internal static class SocketServers
{
    /// <summary>Accepts connections.</summary>
    /// <param name="listener">The listener.</param>
    /// <param name="isEmpty">True if a connection holds no buffer while it waits.</param>
    public static void AcceptByArgs(Socket listener, bool isEmpty)
    {
        var args = new SocketAsyncEventArgs();
        Action<Socket> start = isEmpty ? StartEmpty : Start;
        args.Completed += (_, e) => Accepted(listener, e, start);
        if (!listener.AcceptAsync(args))
            ThreadPool.QueueUserWorkItem(_ => Accepted(listener, args, start));
    }

    public static async Task AcceptStreams(Socket listener)
    {
        while (true)
            _ = Echo(await listener.AcceptAsync().ConfigureAwait(false));
    }

    private static void Accepted(Socket listener, SocketAsyncEventArgs args, Action<Socket> start)
    {
        do
        {
            var socket = args.AcceptSocket!;
            args.AcceptSocket = null;
            socket.NoDelay = true;
            start(socket);
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

    private static void StartEmpty(Socket socket)
    {
        var args = new SocketAsyncEventArgs { UserToken = socket };
        args.SetBuffer(Memory<byte>.Empty);
        args.Completed += static (_, e) => ContinueEmpty(e);
        if (!socket.ReceiveAsync(args))
            ContinueEmpty(args);
    }

    /// <summary>A receive without a buffer has found bytes, or a send has ended.</summary>
    private static void ContinueEmpty(SocketAsyncEventArgs args)
    {
        var socket = (Socket)args.UserToken!;
        do
        {
            if (args.SocketError != SocketError.Success)
            {
                socket.Dispose();
                return;
            }
            if (args.LastOperation == SocketAsyncOperation.Receive)
            {
                var buffer = ArrayPool<byte>.Shared.Rent(1024);
                int count = socket.Receive(buffer, SocketFlags.None, out _);
                if (count == 0)
                {
                    socket.Dispose();
                    return;
                }
                args.SetBuffer(buffer, 0, count);
                if (socket.SendAsync(args))
                    return;
            }
            ArrayPool<byte>.Shared.Return(args.Buffer!);
            args.SetBuffer(Memory<byte>.Empty);
        }
        while (!socket.ReceiveAsync(args));
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
