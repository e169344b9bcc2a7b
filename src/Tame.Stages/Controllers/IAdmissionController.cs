namespace Tame.Stages;

/// <summary>Decides which requests a stage takes.</summary>
/// <remarks>
/// A stage makes one call at a time to its controller, so an implementation needs no lock. A controller belongs to one stage. Times are measured from the start of the
/// stage, and never go back.
/// </remarks>
public interface IAdmissionController
{
    /// <summary>Admits a request or refuses it.</summary>
    /// <param name="requestClass">The class of the request, from zero.</param>
    /// <param name="now">The time.</param>
    /// <returns>False when it is refused.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The controller has no such class.</exception>
    bool TryAdmit(int requestClass, TimeSpan now);

    /// <summary>An admitted request is done, whether it succeeded or failed.</summary>
    /// <param name="requestClass">The class of the request, from zero.</param>
    /// <param name="responseTime">The time from its admission.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ArgumentOutOfRangeException">The controller has no such class.</exception>
    void Observe(int requestClass, TimeSpan responseTime, TimeSpan now);

    /// <summary>Says when another attempt may succeed, for a client that was refused.</summary>
    /// <param name="requestClass">The class of the request, from zero.</param>
    /// <param name="now">The time.</param>
    /// <returns>How long the client should wait.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The controller has no such class.</exception>
    TimeSpan RetryAfter(int requestClass, TimeSpan now);
}
