namespace Tame.Http;

/// <summary>A request is wrong, too large or too slow. If it escapes a handler before the answer has begun, the server answers with its status.</summary>
public sealed class BadRequestException : IOException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="status">The status of the answer, from 400 to 599.</param>
    /// <param name="message">The problem. Clients do not see it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status is not an error.</exception>
    public BadRequestException(int status, string message)
        : base(message)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        Status = status;
    }

    /// <summary>The status of the answer.</summary>
    public int Status { get; }
}
