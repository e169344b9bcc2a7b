using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;

namespace Tame.IO;

/// <summary>Starts processes, and creates connections for their standard streams.</summary>
internal static class StandardStream
{
    /// <exception cref="IOException">The program cannot be started.</exception>
    public static Process Start(ChildProcessOptions options)
    {
        var start = new ProcessStartInfo(options.FileName, options.Arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = options.WorkingDirectory ?? "",
            RedirectStandardInput = options.RedirectStandardInput,
            RedirectStandardOutput = options.RedirectStandardOutput,
            RedirectStandardError = options.RedirectStandardError,
        };
        foreach (var (name, value) in options.Environment)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new IOException(
                $"The program '{options.FileName}' cannot be started in the directory '{options.WorkingDirectory ?? System.Environment.CurrentDirectory}': {error.Message}. " +
                "Check its path or PATH, its permissions, and whether the directory exists.",
                error);
        }
    }

    /// <summary>Kills a process and its descendants. Nothing happens to a process that has ended, or to a descendant that this user may not kill.</summary>
    public static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            Debug.WriteLine(error);
        }
    }

    public static Connection Of(Stream stream, string name, bool canReceive, bool isPortable)
    {
        if (OperatingSystem.IsLinux() && !isPortable && stream is PipeStream { SafePipeHandle: var handle })
            return new DescriptorConnection(handle, name, canReceive, isShared: false) { Owner = stream };
        return new PooledStreamConnection(stream, name, canReceive);
    }
}
