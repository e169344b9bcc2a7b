using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace Tame.AspNetCore.Tests.Pipes;

/// <summary>Both sides of a bare connection.</summary>
internal static class Talking
{
    /// <summary>Runs one connection from both sides.</summary>
    public static async Task Talk(Transport transport, Func<ConnectionContext, Task> serverSide, Func<Socket, Task> clientSide)
    {
        var ended = new TaskCompletionSource();
        await using var server = await TestServer.StartConnections(transport, async connection =>
        {
            try
            {
                await serverSide(connection).Ends();
                ended.TrySetResult();
            }
            catch (Exception error)
            {
                ended.TrySetException(error);
            }
        });
        using var socket = server.Connect();
        await Task.Run(() => clientSide(socket)).Ends();
        await ended.Task.Ends();
    }

    public static string Text(in ReadOnlySequence<byte> buffer) => Encoding.ASCII.GetString(buffer);

    public static Task<FlushResult> Say(ConnectionContext connection, string text) => connection.Transport.Output.WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();
}
