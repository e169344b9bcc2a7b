namespace Tame;

/// <summary>
/// Thrown where an event is waited for that nothing can trigger, because the last handle to it was dropped. It names the
/// <c>mkevent</c> that made the event.
/// </summary>
public sealed class LostEventException : Exception
{
    /// <summary>An exception without a place.</summary>
    public LostEventException()
        : this("An event was lost.")
    {
    }

    /// <summary>An exception without a place.</summary>
    /// <param name="message">What happened.</param>
    public LostEventException(string message)
        : base(message)
    {
    }

    /// <summary>An exception without a place.</summary>
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

    /// <summary>How many events were lost at once.</summary>
    internal int Count { get; init; } = 1;

    /// <summary>The tamed method that made the event, or an empty string.</summary>
    public string Method { get => field ?? ""; }

    /// <summary>The file of the <c>mkevent</c>, or an empty string.</summary>
    public string File { get => field ?? ""; }

    /// <summary>The line of the <c>mkevent</c>, from one; zero when it is not known.</summary>
    public int Line { get; }
}
