using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Knot.Files;

/// <summary>An open file that several responses send from at once. It is closed when everybody who holds it has let go of it.</summary>
/// <remarks>Not thread-safe: each loop has its own.</remarks>
internal sealed class OpenFile
{
    private readonly SafeFileHandle _handle;
    private int _holders = 1;

    private OpenFile(SafeFileHandle handle) => _handle = handle;

    public bool IsClosed => _handle.IsClosed;

    /// <summary>Opens a file for its first holder.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static OpenFile Open(string path) => new(File.OpenHandle(path, options: FileOptions.SequentialScan));

    /// <summary>One more holder, who lets go of it in the end.</summary>
    public OpenFile Hold()
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        _holders++;
        return this;
    }

    public void LetGo()
    {
        if (--_holders == 0)
            _handle.Dispose();
    }

    /// <summary>Reads what fits; 0 at the end of the file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(_handle, buffer, offset);

    /// <summary>As <see cref="SystemSend.SendFile"/>.</summary>
    public int SendTo(Socket socket, long offset, int count, out SocketError error) =>
        SystemSend.SendFile(socket, _handle, offset, count, out error);
}
