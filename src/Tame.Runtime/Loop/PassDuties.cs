namespace Tame;

/// <summary>What a pass has to do beside its usual steps. Most loops have none of them, and test for all at once.</summary>
[Flags]
internal enum PassDuties : byte
{
    None = 0,

    /// <summary>A policy orders what is ready.</summary>
    Schedule = 1,

    /// <summary>A recorder sees what runs.</summary>
    Record = 2,

    /// <summary>The loop ends, and its calls are cancelled.</summary>
    CancelCalls = 4,

    /// <summary>Events may wait for admission.</summary>
    Admit = 8,

    /// <summary>Some listener wants to know of each pass.</summary>
    Measure = 16,

    /// <summary>Calls have spans. No step of a pass, but a call that starts looks at it together with <see cref="Record"/>.</summary>
    Trace = 32,
}
