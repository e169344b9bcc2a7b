namespace Tame.IO.Tests.Streams;

/// <summary>Tests that count what is allocated run while no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
