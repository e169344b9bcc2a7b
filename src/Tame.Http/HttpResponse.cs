using System.Buffers;
using System.Text;
using Tame.Http.Serving;
using Tame.Http.Writing;

namespace Tame.Http;

/// <summary>
/// The answer of an exchange. Written bytes are collected, and sent when they are flushed or when the handler ends. An answer without a flush goes out with its length, in one send. An answer with a flush goes out in
/// chunks, unless <see cref="ContentLength"/> is set. The answer to a HEAD has the same head and no body. The handler does nothing special for it.
/// </summary>
/// <remarks>All members are for the loop's thread, and throw an <see cref="InvalidOperationException"/> while a flush is in progress and after the exchange has ended.</remarks>
public sealed partial class HttpResponse : IBufferWriter<byte>
{
    private const int MostCharsAtOnce = 4096;
    private readonly HttpConnection _connection;
    private readonly Output _output;
    private readonly FieldLines _fields = new();
    private PreparedResponse? _prepared;
    private BodyMode _mode;
    private int _status = 200;
    private long? _contentLength;
    private bool _isOpen;
    private bool _isLast;

    /// <summary>The number of bytes that are missing from a body whose length was announced.</summary>
    private long _left;

    internal HttpResponse(HttpConnection connection, Output output)
    {
        _connection = connection;
        _output = output;
    }

    private enum BodyMode
    {
        None,
        Length,
        Chunked,
        ToTheEnd,
    }

    /// <summary>The status; 200 until you set another.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not from 200 to 599.</exception>
    /// <exception cref="InvalidOperationException">The head was sent.</exception>
    public int Status
    {
        get => _prepared?.Status ?? _status;
        set
        {
            CheckStatus(value);
            EnterHead();
            _status = value;
        }
    }

    /// <summary>The length of the body in bytes, for a body that is flushed in parts. Null, the default, lets the server compute it or send chunks.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    /// <exception cref="InvalidOperationException">The head was sent.</exception>
    public long? ContentLength
    {
        get => _contentLength;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value ?? 0, nameof(value));
            EnterHead();
            _contentLength = value;
        }
    }

    /// <summary>Whether this is the last answer of the connection, sent with "Connection: close". The server may also set it.</summary>
    /// <exception cref="InvalidOperationException">The head was sent.</exception>
    public bool IsLast
    {
        get => _isLast;
        set
        {
            EnterHead();
            _isLast = value;
        }
    }

    /// <summary>Whether the head was sent or is being sent. Status and fields are fixed then.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>The number of bytes that were written and not flushed yet.</summary>
    public int Unsent => _output.Count;

    /// <summary>Whether 64 KB or more are unsent. If so, flush and wait for it before you write more. Writing still works.</summary>
    public bool IsFull => Unsent >= 65536;

    /// <summary>The number of bytes of the body that were sent or are being sent.</summary>
    public long BodyBytes { get; private set; }

    /// <summary>Adds a field.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value. Characters outside ASCII are sent as UTF-8.</param>
    /// <exception cref="ArgumentException">It is malformed, or one of those that the server sends: Content-Length, Transfer-Encoding, Connection, Date.</exception>
    /// <exception cref="InvalidOperationException">The head was sent.</exception>
    public void AddField(string name, string value)
    {
        OutgoingFields.Check(name, value);
        EnterHead();
        _fields.Add(name, value);
    }

    /// <summary>Adds a field, in bytes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <inheritdoc cref="AddField(string, string)" path="/exception"/>
    public void AddField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        OutgoingFields.Check(name, value);
        EnterHead();
        _fields.Add(name, value);
    }

    /// <summary>Sends a prepared answer when the handler ends, or only its head if a file follows. Status and fields that were set before are ignored.</summary>
    /// <param name="prepared">The answer.</param>
    /// <exception cref="InvalidOperationException">The head was sent, or a body was written.</exception>
    public void Answer(PreparedResponse prepared)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        EnterHead();
        if (_output.Count != 0)
            throw new InvalidOperationException("A body has already been written. A prepared answer has its own body.");
        _prepared = prepared;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnterBody();
        return _output.Free(sizeHint);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc/>
    public void Advance(int count)
    {
        EnterBody();
        _output.Advance(count);
    }

    /// <summary>Writes bytes of the body.</summary>
    /// <param name="bytes">They are copied.</param>
    /// <exception cref="InvalidOperationException">A flush is in progress, an answer was prepared, or the exchange has ended.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        EnterBody();
        _output.Write(bytes);
    }

    /// <summary>Writes text of the body as UTF-8.</summary>
    /// <param name="text">The text. A surrogate without its other half becomes U+FFFD.</param>
    /// <exception cref="InvalidOperationException">A flush is in progress, an answer was prepared, or the exchange has ended.</exception>
    public void Write(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            int count = Math.Min(text.Length, MostCharsAtOnce);
            if (count < text.Length && char.IsHighSurrogate(text[count - 1]))
                count--;
            Advance(Encoding.UTF8.GetBytes(text[..count], GetSpan(Encoding.UTF8.GetMaxByteCount(count))));
            text = text[count..];
        }
    }

    internal static void CheckStatus(int status)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
    }

    private static bool AllowsBody(int status) => status is not (204 or 205 or 304);

    private void EnterHead()
    {
        Enter();
        if (HasStarted)
            throw new InvalidOperationException("The head of this answer has already been sent. Set status and fields before the first flush.");
    }

    private void EnterBody()
    {
        Enter();
        if (_prepared is not null)
            throw new InvalidOperationException("This is a prepared answer, which has its own body.");
    }

    private void Enter()
    {
        if (!_isOpen)
            throw new InvalidOperationException("This exchange has ended: its handler has completed its event, or its connection was handed over.");
        if (_output.IsSending)
            throw new InvalidOperationException("A flush of this answer is in progress. Wait for it before you continue.");
    }
}
