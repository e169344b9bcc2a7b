using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Tame.Http.Writing;

namespace Tame.Http;

/// <summary>Frames and sends an answer.</summary>
public sealed partial class HttpResponse
{
    /// <summary>A prepared body up to this size is copied after its head, so that one send takes both.</summary>
    private const int LargestCopy = 16 * 1024;

    /// <summary>The fields that are added to a prepared head: Date, Server and Connection.</summary>
    private const int MostAdded = 256;

    private bool _owesLineEnd;

    /// <summary>Whether the answer is complete, so that the connection may continue after it.</summary>
    internal bool KeepsAlive { get; private set; }

    /// <summary>Whether less was written than the head announced.</summary>
    internal bool IsCutShort => _mode == BodyMode.Length && _left != 0 && !_connection.IsHead;

    /// <summary>Sends what was written. The first flush sends the head before it.</summary>
    /// <param name="flushed">Triggered when the system has taken the last byte. It fails if the connection breaks, or the client takes longer than <see cref="HttpServerOptions.SendTimeout"/>. If it completes
    /// early, the server resets the connection.</param>
    /// <exception cref="InvalidOperationException">A flush is in progress, the exchange has ended, or more was written than <see cref="ContentLength"/> says or the status allows.</exception>
    public void Flush(Event flushed)
    {
        EnterBody();
        Frame(isWhole: false);
        Emit(default, flushed);
    }

    /// <summary>Sends a part of a file after what was written, as the body or a part of it. If the system supports it, the bytes do not pass through this process.</summary>
    /// <param name="file">The file, open for reading until the event completes.</param>
    /// <param name="offset">Where the part begins, in bytes.</param>
    /// <param name="count">The number of bytes. It becomes the length of the body if nothing was written before and no length was set.</param>
    /// <param name="sent"><inheritdoc cref="Flush" path="/param[@name='flushed']"/></param>
    /// <inheritdoc cref="Flush" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">The offset or the count is negative.</exception>
    public void SendFile(SafeFileHandle file, long offset, long count, Event sent)
    {
        ArgumentNullException.ThrowIfNull(file);
        SendFile(file, null, offset, count, sent);
    }

    /// <inheritdoc cref="SendFile(SafeFileHandle, long, long, Event)"/>
    public void SendFile(RandomAccessFile file, long offset, long count, Event sent)
    {
        ArgumentNullException.ThrowIfNull(file);
        SendFile(null, file, offset, count, sent);
    }

    internal void Begin()
    {
        _isOpen = true;
        HasStarted = _isLast = _owesLineEnd = KeepsAlive = false;
        _prepared = null;
        _status = 200;
        _contentLength = null;
        _mode = BodyMode.None;
        _left = 0;
        BodyBytes = 0;
    }

    /// <summary>Drops what was set and written. Only before the head is sent.</summary>
    internal void Reset()
    {
        Begin();
        _fields.Clear();
        _output.Clear();
    }

    /// <summary>Sends the rest of the answer. Nothing can be written after that.</summary>
    internal void End(Event ended)
    {
        _isOpen = false;
        if (!HasStarted && _prepared is { } prepared)
        {
            SendPrepared(prepared, ended);
            return;
        }
        if (!HasStarted && _contentLength is { } length && length != _output.Count && !_connection.IsHead)
            throw new InvalidOperationException($"ContentLength is {length}, but {_output.Count} bytes were written.");
        Frame(isWhole: true);
        if (_mode == BodyMode.Chunked && !_connection.IsHead)
            _output.Write(_owesLineEnd ? "\r\n0\r\n\r\n"u8 : "0\r\n\r\n"u8);
        Emit(default, ended);
    }

    /// <summary>Sends the head of an answer after which the connection belongs to another protocol.</summary>
    internal void EndWithHandOver(string? protocol, Event sent)
    {
        EnterHead();
        if (_output.Count != 0 || _prepared is not null)
            throw new InvalidOperationException("An answer has already been written.");
        _isOpen = false;
        HasStarted = true;
        _status = protocol is null ? 200 : 101;
        _output.Write(StatusLine.Of(_status));
        _output.Write(_connection.Server.Date.Line);
        _output.Write(_connection.Server.NameLine);
        _output.Write(_fields.Lines);
        if (protocol is not null)
            _output.Write(Encoding.ASCII.GetBytes($"Connection: Upgrade\r\nUpgrade: {protocol}\r\n"));
        _output.Write("\r\n"u8);
        Emit(default, sent);
    }

    /// <summary>Clears the state when the exchange ends.</summary>
    internal void Close()
    {
        _isOpen = false;
        _fields.Clear();
        _output.Clear();
    }

    private void SendFile(SafeFileHandle? handle, RandomAccessFile? file, long offset, long count, Event sent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Enter();
        if (!HasStarted && _prepared is { } prepared)
            StartPrepared(prepared);
        else if (!HasStarted && _contentLength is null && _output.Count == 0)
            _contentLength = count;
        if (_prepared is null)
            Frame(isWhole: false);
        if (_mode == BodyMode.None || _connection.IsHead)
            count = 0;
        Take(count);
        if (_mode == BodyMode.Chunked && count != 0)
        {
            WriteSize(count, isBehind: true);
            _owesLineEnd = true;
        }
        if (count == 0)
            Emit(default, sent);
        else
            _output.SendFile(handle, file, offset, count, sent);
    }

    /// <summary>Turns written bytes into bytes to send: makes them a chunk if the body is chunked, and puts the head before them the first time.</summary>
    private void Frame(bool isWhole)
    {
        bool starts = !HasStarted;
        if (starts)
            Decide(isWhole);
        int count = _output.Count;
        if (_connection.IsHead || _mode == BodyMode.None)
        {
            if (count != 0 && !_connection.IsHead)
                throw new InvalidOperationException($"A body was written, but an answer with status {Status} has no body.");
            _output.Clear();
        }
        else
        {
            Take(count);
            if (_mode == BodyMode.Chunked && count != 0)
            {
                WriteSize(count, isBehind: false);
                _output.Write("\r\n"u8);
            }
        }
        if (starts)
            PrependHead();
    }

    private void Decide(bool isWhole)
    {
        if (_contentLength is null && (isWhole || !AllowsBody(_status)))
            _contentLength = AllowsBody(_status) ? _output.Count : 0;
        _left = _contentLength ?? 0;
        _mode = !AllowsBody(_status) ? BodyMode.None
            : _contentLength is not null ? BodyMode.Length
            : _connection.IsHttp10 ? BodyMode.ToTheEnd
            : BodyMode.Chunked;
        _isLast |= _mode == BodyMode.ToTheEnd || !_connection.MayKeepAlive;
        KeepsAlive = !_isLast;
    }

    private void Take(long count)
    {
        if (_mode == BodyMode.Length)
        {
            if (count > _left)
                throw new InvalidOperationException($"The body is {count - _left} bytes longer than the length in the head of the answer.");
            _left -= count;
        }
        BodyBytes += count;
    }

    private void WriteSize(long count, bool isBehind)
    {
        Span<byte> line = stackalloc byte[20];
        int start = _owesLineEnd ? 2 : 0;
        "\r\n"u8.CopyTo(line);
        count.TryFormat(line[start..], out int digits, "x", CultureInfo.InvariantCulture);
        "\r\n"u8.CopyTo(line[(start + digits)..]);
        line = line[..(start + digits + 2)];
        _owesLineEnd = false;
        if (isBehind)
            _output.Write(line);
        else
            _output.Prepend(line);
    }

    private void PrependHead()
    {
        HasStarted = true;
        _output.Prepend(ConnectionLines());
        if (_mode == BodyMode.Chunked)
            _output.Prepend("Transfer-Encoding: chunked\r\n"u8);
        else if (_mode == BodyMode.Length || _status == 205 || (_status == 304 && _left != 0))
            PrependLength(_left + BodyBytes);
        _output.Prepend(_fields.Lines);
        _output.Prepend(_connection.Server.NameLine);
        _output.Prepend(_connection.Server.Date.Line);
        _output.Prepend(StatusLine.Of(_status));
    }

    private void PrependLength(long length)
    {
        Span<byte> line = stackalloc byte[40];
        var name = "Content-Length: "u8;
        name.CopyTo(line);
        length.TryFormat(line[name.Length..], out int digits, default, CultureInfo.InvariantCulture);
        "\r\n"u8.CopyTo(line[(name.Length + digits)..]);
        _output.Prepend(line[..(name.Length + digits + 2)]);
    }

    private ReadOnlySpan<byte> ConnectionLines() =>
        !KeepsAlive ? "Connection: close\r\n\r\n"u8 : _connection.IsHttp10 ? "Connection: keep-alive\r\n\r\n"u8 : "\r\n"u8;

    /// <summary>Writes the head of a prepared answer.</summary>
    private void StartPrepared(PreparedResponse prepared)
    {
        HasStarted = true;
        _status = prepared.Status;
        _mode = AllowsBody(_status) ? BodyMode.Length : BodyMode.None;
        _left = prepared.Length;
        _isLast |= !_connection.MayKeepAlive;
        KeepsAlive = !_isLast;
        _output.Write(prepared.Head);
        _output.Write(_connection.Server.Date.Line);
        _output.Write(_connection.Server.NameLine);
        _output.Write(ConnectionLines());
    }

    private void SendPrepared(PreparedResponse prepared, Event ended)
    {
        _output.Free(prepared.Head.Length + MostAdded + Math.Min(prepared.Body.Length, LargestCopy));
        StartPrepared(prepared);
        if (_mode == BodyMode.None || _connection.IsHead)
        {
            Emit(default, ended);
            return;
        }
        Take(prepared.Body.Length);
        int count = Math.Min(prepared.Body.Length, LargestCopy);
        _output.Write(prepared.Body.Span[..count]);
        Emit(prepared.Body[count..], ended);
    }

    private void Emit(ReadOnlyMemory<byte> more, Event sent) => _output.Send(more, sent);
}
