namespace Tame;

/// <summary>Event data for an exception that could not be sent to any event.</summary>
/// <param name="exception">The exception.</param>
public sealed class TameUnhandledEventArgs(Exception exception) : EventArgs
{
    /// <summary>The exception. <see cref="FailureExtensions.OtherFailures"/> returns the failures that came with it.</summary>
    public Exception Exception { get; } = exception;

    /// <summary>Set to true to let the loop continue. Otherwise the loop ends, and its run throws the exception.</summary>
    public bool Handled { get; set; }
}
