using Microsoft.Win32.SafeHandles;

namespace Tame.IO;

/// <summary>Reads the standard input of this program without blocking the loop.</summary>
public static class StandardInput
{
    private const string Name = "the standard input of this program";

    /// <summary>Opens the standard input as a connection of this thread's loop, from which you receive bytes.</summary>
    /// <remarks>
    /// <para>On Linux, a terminal, a pipe or a socket waits in the loop's descriptor table. The open file is often shared with the program's parent, so its <c>O_NONBLOCK</c> flag does not
    /// change. Bytes come as the system delivers them: from a terminal a line at a time, unless its mode was changed. A file, and everything on other systems, is read on the thread pool, at most 64 KB ahead.</para>
    /// <para>Open it once, and do not use <see cref="Console.In"/> as well. Disposing of the connection leaves the descriptor open.</para>
    /// </remarks>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public static Connection Open() => Open(isPortable: false);

    internal static Connection Open(bool isPortable)
    {
        if (OperatingSystem.IsLinux() && !isPortable)
        {
            var handle = new SafeFileHandle(0, ownsHandle: false);
            if (!DescriptorCalls.HasPosition(handle))
                return new DescriptorConnection(handle, Name, canReceive: true, isShared: true);
        }
        return new PooledStreamConnection(Console.OpenStandardInput(), Name, canReceive: true);
    }
}
