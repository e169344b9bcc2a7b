using System.Globalization;
using Tame.Interop;

namespace Tame;

/// <summary>The number of file descriptors that this process may open and has open, on Linux. The dashboard uses this class, too.</summary>
internal static class DescriptorLimit
{
    /// <summary>Whether the system tells the number without a look at each descriptor, as Linux does since version 6.2.</summary>
    public static bool IsQuick { get; } = OperatingSystem.IsLinux() && AskSize() is not null;

    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public static long Read()
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("Open descriptors are counted only on Linux. To count the descriptors that your program opens, create a Resource, and call its Take and Give.");
        string line = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        string soft = line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return long.TryParse(soft, CultureInfo.InvariantCulture, out long limit) ? limit : int.MaxValue;
    }

    /// <summary>The number of open file descriptors. Null if not even one is left to count them with.</summary>
    public static int? CountOpen() => IsQuick ? AskSize() : CountNames();

    /// <summary>Looks at each descriptor, and needs one itself.</summary>
    public static int? CountNames()
    {
        try
        {
            // One of them is for the folder itself.
            return Directory.EnumerateFileSystemEntries("/proc/self/fd").Count() - 1;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The size of the folder of descriptors, which is their number. Null if the system does not set it.</summary>
    private static unsafe int? AskSize()
    {
        byte* status = stackalloc byte[Libc.StatusSize];
        try
        {
            fixed (byte* path = "/proc/self/fd\0"u8)
            {
                if (Libc.Status(Libc.WorkingFolder, path, 0, Libc.StatusOfSize, status) != 0)
                    return null;
            }
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
        long size = *(long*)(status + Libc.SizeInStatus);
        return size > 0 ? (int)Math.Min(size, int.MaxValue) : null;
    }
}
