namespace Tame.Runtime.Tests;

/// <summary>
/// Tests that count allocated bytes run while no other test does. If other threads allocate and collect, the counter charges a thread that allocates nothing
/// for the unused rest of its allocation context (observed: up to 8 KB, in 51 of 300 windows). Tests that check when a loss is found also run alone, because a
/// collection for another test would find it earlier.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
