using System.Buffers;
using System.Runtime.CompilerServices;

namespace Tame.IO;

/// <summary>Writes to a stream in the background, from a bounded buffer, and ends the stream on request.</summary>
internal sealed class StreamOutput(Stream stream, EventLoop loop, bool holdsTime, Func<Stream, Task> end, Signal changed)
{
    private const int Size = 16384;
    private readonly Gate _more = new();
    private byte[]? _bytes;
    private int _count;
    private bool _isStarted;
    private bool _isWriting;
    private bool _isEnding;
    private Event _ended;

    public Exception? Error { get; private set; }

    /// <summary>Everything is written, and the stream is ended.</summary>
    public bool HasEnded { get; private set; }

    public bool HasRoom => _count < Size;

    /// <summary>Nothing is left to write.</summary>
    public bool IsIdle => _count == 0 && !_isWriting;

    /// <summary>Takes as many bytes as there is room for.</summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        _bytes ??= ArrayPool<byte>.Shared.Rent(Size);
        int count = Math.Min(bytes.Length, Size - _count);
        bytes[..count].CopyTo(_bytes.AsSpan(_count));
        _count += count;
        Start();
        return count;
    }

    /// <summary>Ends the stream when everything is written.</summary>
    public void End()
    {
        _isEnding = true;
        Start();
    }

    /// <summary>Triggers an event when the stream to the peer has ended, or fails it.</summary>
    public void WhenEnded(Event ended)
    {
        if (Error is not null)
            ended.Fail(Error);
        else if (HasEnded)
            ended.Trigger();
        else
            _ended = ended;
    }

    private void Start()
    {
        if (_isWriting || Error is not null || HasEnded)
            return;
        _isWriting = true;
        if (_isStarted)
        {
            _more.Open();
            return;
        }
        _isStarted = true;
        using (new NoContext())
            _ = Run();
    }

    private async Task Run()
    {
        while (Error is null && !HasEnded)
        {
            try
            {
                while (_count != 0)
                    await WriteSome().ConfigureAwait(false);
                if (_isEnding)
                {
                    await Watch(new ValueTask(end(stream))).ConfigureAwait(false);
                    HasEnded = true;
                }
            }
            catch (Exception error)
            {
                Error = error;
            }
            _isWriting = false;
            changed.Set();
            if (Error is not null)
                _ended.Fail(Error);
            else if (HasEnded)
                _ended.Trigger();
            else
                await _more;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteSome()
    {
        byte[] bytes = _bytes!;
        int count = _count;
        (_bytes, _count) = (null, 0);
        changed.Set();
        await Watch(stream.WriteAsync(bytes.AsMemory(0, count))).ConfigureAwait(false);
        await Watch(new ValueTask(stream.FlushAsync())).ConfigureAwait(false);
        ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>Waits, and returns to the loop's thread.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask Watch(ValueTask task)
    {
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
            return;
        }
        if (holdsTime)
            loop.AddOutsideWork();
        try
        {
            await task.ConfigureAwait(false);
        }
        finally
        {
            await new HomeAwaiter(loop);
            if (holdsTime)
                loop.RemoveOutsideWork();
        }
    }
}
