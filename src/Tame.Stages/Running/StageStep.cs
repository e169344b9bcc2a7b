namespace Tame.Stages;

/// <summary>A moment between what a thread has read and what it does about it. A test can have other threads act there. Only paths that wait or end have such moments.</summary>
internal enum StageStep
{
    /// <summary>An offer has found no room, and is about to wait. Inside the lock.</summary>
    NoRoom,

    /// <summary>A stop has looked for queued entries, and is about to look for calls. Inside the lock.</summary>
    LookedForEntries,
}
