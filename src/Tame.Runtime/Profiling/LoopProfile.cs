namespace Tame;

/// <summary>The profile of one loop: its recorder, and when that is on. On the loop's thread.</summary>
internal sealed class LoopProfile
{
    /// <summary>The mode of loops whose options say none: <c>TAME_PROFILE=On</c> runs a program, or its tests, with every loop profiled.</summary>
    public static readonly ProfileMode Default =
        Enum.TryParse<ProfileMode>(Environment.GetEnvironmentVariable("TAME_PROFILE"), ignoreCase: true, out var mode) ? mode : ProfileMode.Off;

    /// <summary>Options that say nothing of it.</summary>
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

    /// <summary>The options say nothing of its samples.</summary>
    public static bool IsDefault(EventLoopOptions options) => options.ProfileSample == Defaults.ProfileSample && options.ProfilePause == Defaults.ProfilePause;

    public Recorder Recorder => field ??= new Recorder(_loop, _clock);

    public ProfileMode Mode { get; private set; }

    /// <summary>Switches the profile at a coarse time of the loop.</summary>
    public void Switch(ProfileMode mode, long now)
    {
        (Mode, _start) = (mode, now);
        Set(mode != ProfileMode.Off);
    }

    /// <summary>The coarse clock of the loop was read while the profile is sampled.</summary>
    public void Look(long now) => Set((now - _start) % _period < _sample);

    private void Set(bool isOn) => _loop.Record(isOn ? Recorder : null);

    private static long Milliseconds(TimeSpan time) => Math.Max(1, (long)time.TotalMilliseconds);
}
