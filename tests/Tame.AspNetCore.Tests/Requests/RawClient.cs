using System.Net.Sockets;
using System.Text;

namespace Tame.AspNetCore.Tests.Requests;

/// <summary>What a socket sends and gets as text.</summary>
internal static class RawClient
{
    public static void Send(this Socket socket, string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        for (int sent = 0; sent < bytes.Length;)
            sent += socket.Send(bytes.AsSpan(sent));
    }

    /// <summary>Receives until the text ends so.</summary>
    public static string ReceiveUntil(this Socket socket, string end)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            int count = socket.Receive(buffer);
            if (count == 0)
                throw new EndOfStreamException($"The stream ended after: {text}");
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        return text.ToString();
    }

    /// <summary>Receives to the end of the stream; says "reset" behind the text where it is reset.</summary>
    public static string ReceiveAll(this Socket socket)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        try
        {
            while (socket.Receive(buffer) is > 0 and var count)
                text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            text.Append("reset");
        }
        return text.ToString();
    }

    /// <summary>Closes the connection by a reset.</summary>
    public static void Reset(this Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }
}
