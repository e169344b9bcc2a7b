using Microsoft.Win32.SafeHandles;

namespace Tame.IO;

/// <summary>The standard input of this program, without a loop that waits for it.</summary>
public static class StandardInput
{
    private const string Name = "the standard input of this program";

    /// <summary>Opens the standard input as a connection of this thread's loop that bytes are received from.</summary>
    /// <remarks>
    /// <para>On Linux it waits in the loop's descriptor table where the input is a terminal, a pipe or a socket. The open file is often shared with the program's parent, so its <c>O_NONBLOCK</c> flag stays as it
    /// is. Bytes come as the system has them: from a terminal a line at a time, unless it was set otherwise. A file, and everything on other systems, is read on the thread pool, at most 64 KB ahead.</para>
    /// <para>Open it once, and do not use <see cref="Console.In"/> beside it. To dispose of the connection leaves the descriptor open.</para>
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
