using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Tame.ThreadServer;

/// <summary>One connection: a request after the other, on the thread that calls <see cref="Run"/>.</summary>
internal sealed class Conversation(Socket client, SmallFiles files)
{
    private const int SilenceMilliseconds = 60_000;
    private readonly byte[] _buffer = new byte[8192];
    private int _count;

    /// <summary>Answers until the client has no further request, asks to close or goes wrong. Closes the connection.</summary>
    public void Run()
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                client.ReceiveTimeout = client.SendTimeout = SilenceMilliseconds;
                while (ReadHead() is > 0 and var length)
                {
                    var head = RequestHead.Parse(_buffer.AsSpan(0, length));
                    _buffer.AsSpan(length, _count - length).CopyTo(_buffer);
                    _count -= length;
                    if (!Answer(head))
                        return;
                }
            }
            catch (Exception error) when (error is SocketException or IOException or UnauthorizedAccessException)
            {
                // The client is gone, or the file is: either way this connection is of no more use, and no other is touched.
            }
        }
    }

    /// <summary>Reads until a whole head is in the buffer.</summary>
    /// <returns>Its length; 0 at the end of the connection, and behind a head that is too long, which is answered.</returns>
    private int ReadHead()
    {
        while (true)
        {
            int end = _buffer.AsSpan(0, _count).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
                return end + 4;
            if (_count == _buffer.Length)
            {
                SendStatus(431, isHead: false, keepsAlive: false);
                return 0;
            }
            int received = client.Receive(_buffer.AsSpan(_count));
            if (received == 0)
                return 0;
            _count += received;
        }
    }

    /// <returns>Whether the connection stays open.</returns>
    private bool Answer(RequestHead head)
    {
        if (head.Status != 200)
            return SendStatus(head.Status, head.IsHead, keepsAlive: false);
        if (files.Find(head.Path) is not { } file)
            return SendStatus(404, head.IsHead, head.KeepsAlive);
        byte[] start = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: {file.Length}\r\n{Connection(head.KeepsAlive)}\r\n"));
        if (head.IsHead)
        {
            client.Send(start);
        }
        else if (file.Bytes is not null)
        {
            client.Send([start, file.Bytes]);
        }
        else
        {
            client.SendFile(file.Path, start, default, TransmitFileOptions.UseDefaultWorkerThread);
            return head.KeepsAlive && new FileInfo(file.Path).Length == file.Length;    // else the client got more or less than was promised
        }
        return head.KeepsAlive;
    }

    private bool SendStatus(int status, bool isHead, bool keepsAlive)
    {
        string reason = status switch { 400 => "Bad Request", 404 => "Not Found", 413 => "Content Too Large", 431 => "Request Header Fields Too Large", _ => "Not Implemented" };
        string body = $"{status} {reason}\n";
        client.Send(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} {reason}\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n{Connection(keepsAlive)}\r\n{(isHead ? "" : body)}"));
        return keepsAlive;
    }

    private static string Connection(bool keepsAlive) => keepsAlive ? "" : "Connection: close\r\n";
}
