using System.Globalization;

namespace Tame;

/// <summary>How many descriptors this process may open, and has open. On Linux. The dashboard compiles it, too.</summary>
internal static class DescriptorLimit
{
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public static long Read()
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("Open descriptors are counted on Linux only. Count what your program opens by a resource of its own.");
        string line = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        string soft = line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return long.TryParse(soft, CultureInfo.InvariantCulture, out long limit) ? limit : int.MaxValue;
    }

    /// <summary>The number of open descriptors; null where there is not even one left to count them with.</summary>
    public static int? CountOpen()
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
}
