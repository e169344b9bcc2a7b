namespace Tame;

/// <summary>An exception that no event could take.</summary>
/// <param name="exception">The exception.</param>
public sealed class TameUnhandledEventArgs(Exception exception) : EventArgs
{
    /// <summary>The exception. <see cref="FailureExtensions.OtherFailures"/> returns what came with it.</summary>
    public Exception Exception { get; } = exception;

    /// <summary>Set to true to let the loop go on; otherwise the loop ends, and its run throws the exception.</summary>
    public bool Handled { get; set; }
}
