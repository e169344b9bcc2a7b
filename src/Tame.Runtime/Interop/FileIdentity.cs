using System.Runtime.CompilerServices;

namespace Tame.Interop;

/// <summary>
/// Tells whether a number still refers to the same file. It is the first sixteen bytes of the file's <c>struct stat</c>, where every Unix has device and inode,
/// in some layout.
/// </summary>
/// <remarks>Linux gives each socket and each pipe its own inode. Some systems give network sockets none.</remarks>
internal readonly record struct FileIdentity(ulong First, ulong Second)
{
    private const int EnoughForStat = 512;

    /// <summary>Reads the identity from the system. Returns <see cref="Errno.EBADF"/> if the number is not open.</summary>
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
