using System.Runtime.CompilerServices;

namespace Tame;

// The blocking graph: where the calls of the loop wait, and the cost of the code between their waits.
public sealed partial class EventLoop
{
    /// <summary>The recorder of the calls' stretches. Null while the profile is off, or between two samples.</summary>
    internal Recorder? Recorder { get; private set; }

    /// <summary>The number of file descriptors that Tame.IO opened on the loop, minus those that it closed.</summary>
    internal int OpenDescriptors;

    /// <summary>Created on first use, or by the constructor if the options change its defaults.</summary>
    private LoopProfile? _profile;

    /// <summary>The profile if it is sampled, otherwise null.</summary>
    private LoopProfile? _sampled;

    /// <summary>When the loop records its <see cref="BlockingGraph"/>.</summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public ProfileMode ProfileMode => RequireProfile().Mode;

    /// <summary>
    /// The wait points that the profile has seen since the loop was created, the stretches of code between them, and how many calls wait at each point now.
    /// Waiting calls are counted whether the profile is on or not.
    /// </summary>
    /// <remarks>
    /// A stretch counts if the profile is on when it begins and when it ends. Every such stretch is counted. The averages cover the stretches that are
    /// measured: the first eight that leave a wait point, then all if they take a microsecond or more on average, and otherwise one of thirteen.
    /// </remarks>
    /// <exception cref="InvalidOperationException">
    /// This is not the loop's thread. On another thread, use <see cref="InvokeAsync{T}(Action{Event{T}}, CancellationToken)"/> to read it.
    /// </exception>
    public BlockingGraph BlockingGraph
    {
        get
        {
            var graph = new GraphBuilder();
            graph.Add(RequireProfile().Recorder);
            foreach (var call in Calls.Blocked(_clock.Coarse))
                graph.Add(call.Type.WaitPoint(call.State), blocked: 1);
            return graph.Build();
        }
    }

    /// <summary>
    /// Switches the recording of the <see cref="BlockingGraph"/> on or off. Recorded data stays. If the profile is sampled, a sample begins now.
    /// </summary>
    /// <param name="mode">When to record.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mode is not defined.</exception>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public void Profile(ProfileMode mode)
    {
        if (!Enum.IsDefined(mode))
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "The mode must be Off, Sampled or On.");
        Switch(RequireProfile(), mode);
    }

    /// <summary>Begins with the mode of the options. A guest is created on a thread that has not entered it.</summary>
    private void BeginProfile(EventLoopOptions options)
    {
        if (options.Profile == ProfileMode.Off && LoopProfile.IsDefault(options))
            return;
        _profile = new LoopProfile(this, _clock, options);
        if (options.Profile != ProfileMode.Off)
            Switch(_profile, options.Profile);
    }

    private void Switch(LoopProfile profile, ProfileMode mode)
    {
        ReadCoarseClock();
        _sampled = mode == ProfileMode.Sampled ? profile : null;
        profile.Switch(mode, Coarse);
    }

    /// <summary>Switches the recording of stretches on, or off with null.</summary>
    internal void Record(Recorder? recorder)
    {
        Recorder = recorder;
        SetDuty(PassDuties.Record, recorder is not null);
    }

    /// <summary>Called when Tame.IO has opened file descriptors on this thread, or closed some, which is a negative number.</summary>
    internal static void NoteDescriptors(int opened)
    {
        if (LoopThread.Current is { } loop)
            loop.OpenDescriptors += opened;
    }

    private LoopProfile RequireProfile()
    {
        if (!IsOwnThread && !IsEnded)
            throw Errors.WrongThread(this);
        return _profile ??= new LoopProfile(this, _clock, LoopProfile.Defaults);
    }

    /// <summary>
    /// Does the same as <see cref="RunReady()"/> while a profile is on. It is separate, so that a loop without a profile need not check for one.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool RunReady(Recorder recorder)
    {
        int left = BatchSize;
        long start = 0;
        while (Ready.Count != 0 && !Failures.IsFatal)
        {
            recorder.Run(Ready.Take());
            if (--left % CallsPerLook != 0)
                continue;
            long now = Coarse = _clock.Coarse;
            if (left == 0 || start != 0 && now != start)
                break;
            start = now;
        }
        return left != BatchSize;
    }
}
