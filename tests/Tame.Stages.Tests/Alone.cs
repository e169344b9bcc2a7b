namespace Tame.Stages.Tests;

/// <summary>Tests that count allocated bytes run while no other test does: other threads' collections charge a thread with the unused rest of its allocation context.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
