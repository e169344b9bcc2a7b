namespace Tame.Stages;

/// <summary>Decides how many items a handler gets at once.</summary>
/// <remarks>A stage makes one call at a time to its controller, so an implementation needs no lock. A controller belongs to one stage.</remarks>
public interface IBatchController
{
    /// <summary>How often the stage calls the controller.</summary>
    TimeSpan Period { get; }

    /// <summary>Decides the largest batch from now on. A batch is smaller if fewer items wait.</summary>
    /// <param name="sample">What the stage did since the last call.</param>
    /// <returns>The number of items; at least one.</returns>
    int BatchSize(in StageSample sample);
}
