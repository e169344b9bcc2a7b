namespace Tame.Runtime.Tests;

/// <summary>
/// Tests that count allocated bytes run while no other test does: where other threads allocate and collect, the counter charges a thread
/// that allocates nothing with the unused rest of its allocation context (seen: up to 8 KB, in 51 of 300 windows). So do those that say when a
/// loss is found, which a collection for another test would do earlier.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
