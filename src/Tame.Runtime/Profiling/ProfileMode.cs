namespace Tame;

/// <summary>When a loop records its <see cref="BlockingGraph"/>.</summary>
public enum ProfileMode
{
    /// <summary>Never.</summary>
    Off,

    /// <summary>For <see cref="EventLoopOptions.ProfileSample"/>, then not for <see cref="EventLoopOptions.ProfilePause"/>, and so on.</summary>
    Sampled,

    /// <summary>Always.</summary>
    On,
}
