namespace Tame;

/// <summary>The unusual steps of a pass. Most loops have none of them, and check for all at once.</summary>
[Flags]
internal enum PassDuties : byte
{
    None = 0,

    /// <summary>A policy orders what is ready.</summary>
    Schedule = 1,

    /// <summary>A recorder observes what runs.</summary>
    Record = 2,

    /// <summary>The loop ends, and its calls are cancelled.</summary>
    CancelCalls = 4,

    /// <summary>Events may wait for admission.</summary>
    Admit = 8,

    /// <summary>Some listener measures each pass.</summary>
    Measure = 16,

    /// <summary>Calls have spans. This is not a step of a pass, but a call that starts checks it together with <see cref="Record"/>.</summary>
    Trace = 32,
}
