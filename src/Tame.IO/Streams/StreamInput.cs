using System.Buffers;
using System.Runtime.CompilerServices;

namespace Tame.IO;

/// <summary>Reads a stream ahead by one buffer while a receive waits. If the stream supports reads of zero bytes, it holds memory only while it holds bytes.</summary>
internal sealed class StreamInput(Stream stream, EventLoop loop, bool holdsTime, Func<bool>? isCutOff, Signal changed)
{
    private const int Size = 16384;
    /// <summary>Opened when a receive waits and nothing is ready. The signal reports that bytes were read or that the stream has ended.</summary>
    private readonly Gate _wanted = new();
    private byte[]? _bytes;
    private int _start;
    private int _end;
    private bool _isStarted;

    /// <summary>The stream has ended.</summary>
    public bool IsEnded { get; private set; }

    public Exception? Error { get; private set; }

    public bool IsReady => _start != _end || IsEnded || Error is not null;

    public bool HasBytes => _start != _end;

    /// <summary>Takes available bytes.</summary>
    public int Read(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _end - _start);
        _bytes.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        if (_start == _end)
            Return();
        return count;
    }

    /// <summary>Starts reading the next bytes. For the loop's thread, if nothing is ready.</summary>
    public void Start()
    {
        if (_isStarted)
        {
            _wanted.Open();
            return;
        }
        _isStarted = true;
        using (new NoContext())
            _ = Run();
    }

    /// <summary>Reads on request. It references no event of the loop, and never fails.</summary>
    private async Task Run()
    {
        while (Error is null && !IsEnded)
        {
            try
            {
                await Receive(Memory<byte>.Empty).ConfigureAwait(false);
                _bytes = ArrayPool<byte>.Shared.Rent(Size);
                (_start, _end) = (0, await Receive(_bytes).ConfigureAwait(false));
                IsEnded = _end == 0;
            }
            catch (Exception error)
            {
                Error = error;
            }
            if ((IsEnded || Error is IOException) && isCutOff?.Invoke() == true)
                Error = StreamErrors.CutOff();
            if (_start == _end)
                Return();
            changed.Set();
            await _wanted;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> Receive(Memory<byte> buffer)
    {
        var read = stream.ReadAsync(buffer);
        if (read.IsCompleted)
            return read.GetAwaiter().GetResult();
        if (holdsTime)
            loop.AddOutsideWork();
        try
        {
            return await read.ConfigureAwait(false);
        }
        finally
        {
            await new HomeAwaiter(loop);
            if (holdsTime)
                loop.RemoveOutsideWork();
        }
    }

    private void Return()
    {
        if (_bytes is not null)
            ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = null;
        _start = _end = 0;
    }
}
