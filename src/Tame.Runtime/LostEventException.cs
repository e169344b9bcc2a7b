namespace Tame;

/// <summary>
/// Thrown by a wait for an event that nothing can trigger, because no handle to it remains. It names the
/// <c>mkevent</c> that created the event.
/// </summary>
public sealed class LostEventException : Exception
{
    /// <summary>Creates an exception that names no event.</summary>
    public LostEventException()
        : this("An event was lost.")
    {
    }

    /// <summary>Creates an exception that names no event.</summary>
    /// <param name="message">What happened.</param>
    public LostEventException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception that names no event.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Its cause.</param>
    public LostEventException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal LostEventException(string message, string method, string file, int line)
        : base(message)
    {
        Method = method;
        File = file;
        Line = line;
    }

    /// <summary>The number of events that were lost at once.</summary>
    internal int Count { get; init; } = 1;

    /// <summary>The tamed method that created the event, or an empty string.</summary>
    public string Method { get => field ?? ""; }

    /// <summary>The file of the <c>mkevent</c>, or an empty string.</summary>
    public string File { get => field ?? ""; }

    /// <summary>The line of the <c>mkevent</c>, counted from one. Zero if it is not known.</summary>
    public int Line { get; }
}
