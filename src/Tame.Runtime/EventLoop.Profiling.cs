using System.Runtime.CompilerServices;

namespace Tame;

// The blocking graph: where the calls of the loop wait, and what the code between their waits costs.
public sealed partial class EventLoop
{
    /// <summary>What records the stretches of calls now; null while the profile is off, or between two samples.</summary>
    internal Recorder? Recorder { get; private set; }

    /// <summary>Descriptors of Tame.IO that were opened on the loop, less those that were closed.</summary>
    internal int OpenDescriptors;

    /// <summary>Made when it is asked for, unless the options say something of it.</summary>
    private LoopProfile? _profile;

    /// <summary>The profile where it is sampled, else null.</summary>
    private LoopProfile? _sampled;

    /// <summary>When the loop records its <see cref="BlockingGraph"/>.</summary>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public ProfileMode ProfileMode => RequireProfile().Mode;

    /// <summary>
    /// The wait points and the stretches between them that the profile has seen since the loop was made, and how many calls wait at each point now. Calls that
    /// wait are counted whether the profile is on or not.
    /// </summary>
    /// <remarks>
    /// A stretch counts if the profile is on when it begins and when it ends. Each is counted; the averages are of those that are measured: the first eight that
    /// leave a wait point, then all if they take a microsecond or more on average, and otherwise one of thirteen.
    /// </remarks>
    /// <exception cref="InvalidOperationException">This is not the loop's thread. Use <see cref="InvokeAsync{T}(Action{Event{T}}, CancellationToken)"/> to ask from another.</exception>
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

    /// <summary>Switches the recording of the <see cref="BlockingGraph"/>. What was recorded stays. A sample begins now.</summary>
    /// <param name="mode">When to record.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such mode.</exception>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    public void Profile(ProfileMode mode)
    {
        if (!Enum.IsDefined(mode))
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "The mode must be Off, Sampled or On.");
        var profile = RequireProfile();
        ReadCoarseClock();
        _sampled = mode == ProfileMode.Sampled ? profile : null;
        profile.Switch(mode, Coarse);
    }

    /// <summary>The profile is on from now on, or off.</summary>
    internal void Record(Recorder? recorder)
    {
        Recorder = recorder;
        SetDuty(PassDuties.Record, recorder is not null);
    }

    /// <summary>Tame.IO has opened descriptors, or with a negative number closed some, on this thread.</summary>
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

    /// <summary>As <see cref="RunReady()"/>, where a profile is on: apart, so that a loop without one asks for none.</summary>
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
