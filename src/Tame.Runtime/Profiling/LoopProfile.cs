namespace Tame;

/// <summary>The profile of one loop: its recorder, and when it is on. Use it on the loop's thread.</summary>
internal sealed class LoopProfile
{
    /// <summary>The mode of loops whose options set none. <c>TAME_PROFILE=On</c> profiles every loop of a program or of its tests.</summary>
    public static readonly ProfileMode Default =
        Enum.TryParse<ProfileMode>(Environment.GetEnvironmentVariable("TAME_PROFILE"), ignoreCase: true, out var mode) ? mode : ProfileMode.Off;

    /// <summary>Options with the default values of a profile.</summary>
    public static readonly EventLoopOptions Defaults = new();

    private readonly EventLoop _loop;
    private readonly LoopClock _clock;
    private readonly long _sample;
    private readonly long _period;
    private long _start;

    public LoopProfile(EventLoop loop, LoopClock clock, EventLoopOptions options)
    {
        _loop = loop;
        _sample = Milliseconds(options.ProfileSample);
        _period = _sample + Milliseconds(options.ProfilePause);
        _clock = clock;
    }

    /// <summary>Whether the options have the default values for samples.</summary>
    public static bool IsDefault(EventLoopOptions options) => options.ProfileSample == Defaults.ProfileSample && options.ProfilePause == Defaults.ProfilePause;

    public Recorder Recorder => field ??= new Recorder(_loop, _clock);

    public ProfileMode Mode { get; private set; }

    /// <summary>Switches the profile at a coarse time of the loop.</summary>
    public void Switch(ProfileMode mode, long now)
    {
        (Mode, _start) = (mode, now);
        Set(mode != ProfileMode.Off);
    }

    /// <summary>Called when the loop's coarse clock was read while the profile is sampled.</summary>
    public void Look(long now) => Set((now - _start) % _period < _sample);

    private void Set(bool isOn) => _loop.Record(isOn ? Recorder : null);

    private static long Milliseconds(TimeSpan time) => Math.Max(1, (long)time.TotalMilliseconds);
}
