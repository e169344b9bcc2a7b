namespace Tame.Stages;

/// <summary>
/// Looks every millisecond at the stages whose threads keep freed places back. A handler that blocks lets in no offer, and what it waits for may be in one. Nothing runs while no stage is watched.
/// The time is real, also for stages in virtual time: a thread that blocks does so in real time.
/// </summary>
internal static class RoomWatch
{
    private const int Period = 1;
    private static readonly Lock s_gate = new();
    private static readonly Timer s_timer = new(static _ => Look());
    private static List<IKeepsRoom> s_watched = [];
    private static bool s_isArmed;

    /// <summary>Watches a stage until <see cref="IKeepsRoom.LookForRoom"/> returns false. Any thread.</summary>
    public static void Add(IKeepsRoom stage)
    {
        lock (s_gate)
        {
            s_watched.Add(stage);
            Arm();
        }
    }

    private static void Look()
    {
        List<IKeepsRoom> looked;
        lock (s_gate)
        {
            s_isArmed = false;
            (looked, s_watched) = (s_watched, []);
        }
        looked.RemoveAll(stage => !stage.LookForRoom());
        lock (s_gate)
        {
            s_watched.AddRange(looked);
            if (s_watched.Count != 0)
                Arm();
        }
    }

    /// <summary>Inside the lock.</summary>
    private static void Arm()
    {
        if (s_isArmed)
            return;
        s_isArmed = true;
        s_timer.Change(Period, Timeout.Infinite);
    }
}

/// <summary>A stage whose threads keep freed places back.</summary>
internal interface IKeepsRoom
{
    /// <summary>Lets in offers if a handler blocks while its thread keeps places back.</summary>
    /// <returns>False if the stage need not be watched until it is added again.</returns>
    bool LookForRoom();
}
