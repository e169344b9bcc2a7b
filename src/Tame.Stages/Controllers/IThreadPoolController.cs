namespace Tame.Stages;

/// <summary>Decides how many threads a stage has.</summary>
/// <remarks>A stage calls its controller from one place at a time, so that an implementation needs no lock. A controller belongs to one stage.</remarks>
public interface IThreadPoolController
{
    /// <summary>How often the stage asks.</summary>
    TimeSpan Period { get; }

    /// <summary>Decides the number of threads from now on.</summary>
    /// <param name="sample">What the stage did since it asked last.</param>
    /// <returns>The number; at least one. A thread that is one too many ends when it has handled its items.</returns>
    int Threads(in StageSample sample);
}
