namespace Tame.Http;

/// <summary>Server-sent events.</summary>
public sealed partial class HttpResponse
{
    /// <summary>Starts a stream of server-sent events: sets Content-Type and Cache-Control. Write events, and flush them.</summary>
    /// <exception cref="InvalidOperationException">The head was sent.</exception>
    /// <remarks>An endless stream should end when the server stops: see <see cref="HttpExchange.WhenStopping"/>.</remarks>
    public void StartEvents()
    {
        AddField("Content-Type"u8, "text/event-stream"u8);
        AddField("Cache-Control"u8, "no-store"u8);
    }

    /// <summary>Writes an event.</summary>
    /// <param name="data">The data. Each of its lines becomes a line of the event.</param>
    /// <param name="name">The name of the event; empty for none, which clients treat as "message".</param>
    /// <param name="id">The value that the client sends as Last-Event-ID when it reconnects; empty for none.</param>
    /// <exception cref="ArgumentException">The name or the id contains a line break, or the id contains a NUL.</exception>
    /// <exception cref="InvalidOperationException">A flush is in progress, or the exchange has ended.</exception>
    public void WriteEvent(ReadOnlySpan<char> data, ReadOnlySpan<char> name = default, ReadOnlySpan<char> id = default)
    {
        if (name.ContainsAny("\r\n"))
            throw new ArgumentException("The name of an event must not contain a line break.", nameof(name));
        if (id.ContainsAny("\r\n\0"))
            throw new ArgumentException("The id of an event must not contain a line break or a NUL.", nameof(id));
        if (!name.IsEmpty)
            WriteLine("event: "u8, name);
        if (!id.IsEmpty)
            WriteLine("id: "u8, id);
        WriteLines("data: "u8, data);
        Write("\n"u8);
    }

    /// <summary>Writes a comment, which clients ignore. A regular comment shows whether the client is still there, and keeps proxies from closing the connection.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="InvalidOperationException">A flush is in progress, or the exchange has ended.</exception>
    public void WriteComment(ReadOnlySpan<char> text)
    {
        WriteLines(": "u8, text);
        Write("\n"u8);
    }

    /// <summary>Tells the client how long to wait before it reconnects.</summary>
    /// <param name="time">The time, in whole milliseconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <exception cref="InvalidOperationException">A flush is in progress, or the exchange has ended.</exception>
    public void WriteRetry(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        Span<char> text = stackalloc char[20];
        ((long)time.TotalMilliseconds).TryFormat(text, out int count, default, System.Globalization.CultureInfo.InvariantCulture);
        WriteLine("retry: "u8, text[..count]);
        Write("\n"u8);
    }

    private void WriteLines(ReadOnlySpan<byte> name, ReadOnlySpan<char> text)
    {
        while (true)
        {
            int end = text.IndexOfAny('\r', '\n');
            WriteLine(name, end < 0 ? text : text[..end]);
            if (end < 0)
                return;
            text = text[(text[end..].StartsWith("\r\n") ? end + 2 : end + 1)..];
        }
    }

    private void WriteLine(ReadOnlySpan<byte> name, ReadOnlySpan<char> text)
    {
        Write(name);
        Write(text);
        Write("\n"u8);
    }
}
