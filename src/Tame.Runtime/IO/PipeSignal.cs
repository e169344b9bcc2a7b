using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;
using Tame.Interop;

namespace Tame.IO;

/// <summary>Wakes through a pipe. It is emptied when it is readable, and holds at most one byte per sleep, so neither end ever blocks.</summary>
internal sealed unsafe class PipeSignal : WakeSignal
{
    private const int Enough = 16;

    private readonly AnonymousPipeServerStream _pipe;
    private readonly SafePipeHandle _reader;
    private readonly SafePipeHandle _writer;

    public PipeSignal()
    {
        try
        {
            _pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.None);
        }
        catch (IOException e)
        {
            throw DescriptorErrors.NoPoller("pipe", (Errno)e.HResult);
        }
        _reader = _pipe.SafePipeHandle;
        _writer = _pipe.ClientSafePipeHandle;
    }

    public int Descriptor => (int)_reader.DangerousGetHandle();

    /// <summary>Reads what was written. Call it only if the pipe is readable.</summary>
    public void Drain()
    {
        byte* bytes = stackalloc byte[Enough];
        _ = Libc.Read(_reader, bytes, Enough);
    }

    public override void Dispose() => _pipe.Dispose();

    protected override void Write()
    {
        byte one = 1;
        _ = Libc.Write(_writer, &one, 1);
    }
}
