namespace Tame.IO;

/// <summary>The program that a <see cref="ChildProcess"/> runs, and its options.</summary>
/// <param name="FileName">The program: a path, or a name that is looked up in <c>PATH</c>.</param>
public sealed record ChildProcessOptions(string FileName)
{
    /// <summary>The arguments. No shell sees them, so they need no quotes.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables that are added to those of this process, or replace them. A null value removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The working directory; null for that of this process.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Redirects standard input to <see cref="ChildProcess.StandardInput"/>. Otherwise the process uses that of this process.</summary>
    public bool RedirectStandardInput { get; init; }

    /// <summary>Redirects standard output to <see cref="ChildProcess.StandardOutput"/>. Otherwise the process uses that of this process.</summary>
    public bool RedirectStandardOutput { get; init; }

    /// <summary>Redirects standard error to <see cref="ChildProcess.StandardError"/>. Otherwise the process uses that of this process.</summary>
    public bool RedirectStandardError { get; init; }
}
