namespace Tame.Http.Parsing;

/// <summary>The head of one request: the positions of its parts in the buffer, and what they say about the body and the connection. It is reused for each request.</summary>
internal sealed class RequestHead
{
    private FieldPlace[] _fields = new FieldPlace[16];

    /// <summary>0 while bytes are missing, 200 for a head that a handler may see, otherwise the status with which to refuse it.</summary>
    public int Status { get; set; }

    /// <summary>Bytes from the start of the buffer to the end of the head.</summary>
    public int Length { get; set; }

    public Part Method { get; set; }

    public Part Target { get; set; }

    public HttpTargetForm Form { get; set; }

    /// <summary>The path of the target. Empty if the absolute form has none, which means the root.</summary>
    public Part Path { get; set; }

    /// <summary>The part after the question mark.</summary>
    public Part Query { get; set; }

    /// <summary>The authority of the absolute or authority form.</summary>
    public Part Authority { get; set; }

    /// <summary>The value of the Host field.</summary>
    public Part Host { get; set; }

    public bool IsHead { get; set; }

    public bool IsHttp10 { get; set; }

    public Framing Framing { get; set; }

    public int FieldCount { get; private set; }

    public bool IsComplete => Status != 0;

    public bool IsRefused => Status >= 400;

    public ReadOnlySpan<FieldPlace> Fields => _fields.AsSpan(0, FieldCount);

    public void Clear()
    {
        Status = Length = FieldCount = 0;
        Method = Target = Path = Query = Authority = Host = default;
        Form = HttpTargetForm.Origin;
        IsHead = IsHttp10 = false;
        Framing = default;
    }

    public void Add(FieldPlace field)
    {
        if (FieldCount == _fields.Length)
            Array.Resize(ref _fields, 2 * FieldCount);
        _fields[FieldCount++] = field;
    }
}

/// <summary>A piece of the buffer.</summary>
internal readonly record struct Part(int Start, int Length)
{
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> buffer) => buffer.Slice(Start, Length);
}

/// <summary>The positions of a field's name and value in the buffer.</summary>
internal readonly record struct FieldPlace(Part Name, Part Value);
