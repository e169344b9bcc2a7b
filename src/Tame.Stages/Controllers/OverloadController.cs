namespace Tame.Stages;

/// <summary>
/// Holds a percentile of the response time at a target. It measures how long admitted requests take, and refuses as many requests as necessary. Each class of requests has a
/// target and a rate at which it is admitted. When a class exceeds its target, less important classes are refused first.
/// </summary>
/// <remarks>
/// A request allocates nothing. Source: SEDA's overload controller, and the classes of "Adaptive Overload Control for Busy Internet Servers" (USITS 2003).
/// </remarks>
public sealed class OverloadController : IAdmissionController
{
    private readonly OverloadOptions _options;
    private readonly AdmittedClass[] _classes;

    /// <summary>Creates a controller.</summary>
    /// <param name="options">The options; null for the defaults: one class of requests with a target of one second.</param>
    /// <exception cref="ArgumentOutOfRangeException">A low number is above the high one, or the initial rate is not within its bounds.</exception>
    public OverloadController(OverloadOptions? options = null)
    {
        _options = options ?? new OverloadOptions();
        ControllerChecks.InOrder(_options.Low, nameof(OverloadOptions.Low), _options.High, nameof(OverloadOptions.High));
        ControllerChecks.InOrder(_options.MinRate, nameof(OverloadOptions.MinRate), _options.InitialRate, nameof(OverloadOptions.InitialRate));
        ControllerChecks.InOrder(_options.InitialRate, nameof(OverloadOptions.InitialRate), _options.MaxRate, nameof(OverloadOptions.MaxRate));
        _classes = [.. _options.Targets.Select(target => new AdmittedClass(_options, target))];
    }

    /// <summary>The number of classes of requests.</summary>
    public int Classes => _classes.Length;

    /// <summary>The rate at which a class is admitted now, in requests per second.</summary>
    /// <param name="requestClass">The class, from zero.</param>
    /// <returns>The rate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Rate(int requestClass) => Class(requestClass).Rate;

    /// <summary>The smoothed percentile of the response time of a class, which the rate follows. Zero before the first measurement.</summary>
    /// <param name="requestClass">The class, from zero.</param>
    /// <returns>The time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public TimeSpan ResponseTime(int requestClass) => Class(requestClass).ResponseTime;

    /// <inheritdoc/>
    public bool TryAdmit(int requestClass, TimeSpan now)
    {
        var asked = Class(requestClass);
        Update(asked, requestClass, now);
        return asked.TryAdmit(now);
    }

    /// <inheritdoc/>
    public void Observe(int requestClass, TimeSpan responseTime, TimeSpan now)
    {
        var answered = Class(requestClass);
        answered.Observe(responseTime, now);
        Update(answered, requestClass, now);
    }

    /// <inheritdoc/>
    public TimeSpan RetryAfter(int requestClass, TimeSpan now) => Class(requestClass).RetryAfter(now);

    /// <summary>The tokens in the bucket of a class.</summary>
    internal double Tokens(int requestClass) => Class(requestClass).Tokens;

    /// <summary>The expected response time of a request of a class, as a multiple of its target.</summary>
    internal double Excess(int requestClass) => Class(requestClass).Excess;

    private AdmittedClass Class(int requestClass) => (uint)requestClass < (uint)_classes.Length ? _classes[requestClass] : throw NoSuchClass(requestClass);

    private ArgumentOutOfRangeException NoSuchClass(int requestClass) => new(
        nameof(requestClass), requestClass, $"The classes of requests are 0 to {_classes.Length - 1}. Set a target for each class in {nameof(OverloadOptions)}.{nameof(OverloadOptions.Targets)}.");

    private void Update(AdmittedClass changed, int requestClass, TimeSpan now)
    {
        if (changed.IsDue(now))
            Decide(changed, requestClass, now);
        else if (changed.IsStalled(now))
            changed.GiveWay(now);
    }

    private void Decide(AdmittedClass changed, int requestClass, TimeSpan now)
    {
        var seen = changed.Measure(now);
        if (changed.Excess > _options.High && MayOthersGiveWay(requestClass, now))
            return;
        double excess = changed.Excess;
        foreach (var better in _classes.AsSpan(0, requestClass))
        {
            if (better.IsAsked(now))
                excess = Math.Max(excess, better.Excess);
        }
        changed.Admit(RateRule.Next(_options, seen, excess), now);
    }

    /// <summary>Whether the rate of a less important class can still be lowered.</summary>
    private bool MayOthersGiveWay(int requestClass, TimeSpan now)
    {
        foreach (var lesser in _classes.AsSpan(requestClass + 1))
        {
            if (lesser.IsAsked(now) && lesser.Rate > _options.MinRate)
                return true;
        }
        return false;
    }
}
