using System.Globalization;

namespace Tame;

/// <summary>The number of file descriptors that this process may open and has open, on Linux. The dashboard also compiles this file.</summary>
internal static class DescriptorLimit
{
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
