namespace Tame.Stages;

/// <summary>Decides how many items a handler gets at once.</summary>
/// <remarks>A stage calls its controller from one place at a time, so that an implementation needs no lock. A controller belongs to one stage.</remarks>
public interface IBatchController
{
    /// <summary>How often the stage asks.</summary>
    TimeSpan Period { get; }

    /// <summary>Decides the largest batch from now on. A batch is smaller where fewer items wait.</summary>
    /// <param name="sample">What the stage did since it asked last.</param>
    /// <returns>The number of items; at least one.</returns>
    int BatchSize(in StageSample sample);
}
