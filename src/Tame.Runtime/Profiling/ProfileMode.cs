namespace Tame;

/// <summary>When a loop records its <see cref="BlockingGraph"/>.</summary>
public enum ProfileMode
{
    /// <summary>Never.</summary>
    Off,

    /// <summary>In turns: it records for <see cref="EventLoopOptions.ProfileSample"/>, then pauses for <see cref="EventLoopOptions.ProfilePause"/>.</summary>
    Sampled,

    /// <summary>Always.</summary>
    On,
}
