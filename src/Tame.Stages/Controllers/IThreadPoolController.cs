namespace Tame.Stages;

/// <summary>Decides how many threads a stage has.</summary>
/// <remarks>A stage makes one call at a time to its controller, so an implementation needs no lock. A controller belongs to one stage.</remarks>
public interface IThreadPoolController
{
    /// <summary>How often the stage calls the controller.</summary>
    TimeSpan Period { get; }

    /// <summary>Decides the number of threads from now on.</summary>
    /// <param name="sample">What the stage did since the last call.</param>
    /// <returns>The number; at least one. A surplus thread ends when it has handled its items.</returns>
    int Threads(in StageSample sample);
}
