namespace Tame.IO;

/// <summary>What a <see cref="ChildProcess"/> runs, and how.</summary>
/// <param name="FileName">The program: a path, or a name that is looked up in <c>PATH</c>.</param>
public sealed record ChildProcessOptions(string FileName)
{
    /// <summary>The arguments. No shell sees them, so they need no quotes.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables that the process gets beside those of this one, or in place of them; a null value takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The directory that it runs in; null for that of this process.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Its standard input is <see cref="ChildProcess.StandardInput"/>; else that of this process.</summary>
    public bool RedirectStandardInput { get; init; }

    /// <summary>Its standard output is <see cref="ChildProcess.StandardOutput"/>; else that of this process.</summary>
    public bool RedirectStandardOutput { get; init; }

    /// <summary>Its standard error is <see cref="ChildProcess.StandardError"/>; else that of this process.</summary>
    public bool RedirectStandardError { get; init; }
}
