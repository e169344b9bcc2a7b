using System.Runtime.CompilerServices;

namespace Tame.Interop;

/// <summary>
/// Tells whether a number still leads to the same file: the first sixteen bytes of its <c>struct stat</c>, in which every Unix has device
/// and inode, in whatever layout.
/// </summary>
/// <remarks>Linux gives each socket and each pipe an inode of its own; some systems give none to sockets of the network.</remarks>
internal readonly record struct FileIdentity(ulong First, ulong Second)
{
    private const int EnoughForStat = 512;

    /// <summary>Asks the system; <see cref="Errno.EBADF"/> where the number is not open.</summary>
    public static unsafe Errno Find(int fd, out FileIdentity identity)
    {
        byte* stat = stackalloc byte[EnoughForStat];
        if (Libc.FileStatus(fd, stat) != 0)
        {
            identity = default;
            return Libc.LastError;
        }
        identity = new FileIdentity(Unsafe.ReadUnaligned<ulong>(stat), Unsafe.ReadUnaligned<ulong>(stat + sizeof(ulong)));
        return Errno.None;
    }
}
