namespace Tame.Dashboards.Figures;

/// <summary>The source of the figures of a loop. All members are for the loop's thread.</summary>
internal interface ILoopFigures
{
    /// <summary>The mode of the profile. This is the only thing that the page can change in a program.</summary>
    ProfileMode Profile { get; set; }

    /// <summary>The current figures. They are read twice a second, so reading them must be cheap.</summary>
    LoopFigures Read();

    /// <summary>The current graph.</summary>
    BlockingGraph Graph();

    /// <summary>The stages of the process.</summary>
    IReadOnlyList<StageReading> Stages();

    /// <summary>The calls that wait now, the longest waiting first.</summary>
    IReadOnlyList<BlockedCall> Blocked();
}

/// <summary>The figures of a loop at one time. Null means unknown.</summary>
internal sealed record LoopFigures
{
    /// <summary>The number of calls that are ready to run.</summary>
    public double? Ready { get; init; }

    /// <summary>How long a ready item waits for its turn, in seconds.</summary>
    public double? Delay { get; init; }

    /// <summary>The share of time in which the loop runs code, from 0 to 1.</summary>
    public double? Busy { get; init; }

    /// <summary>The managed memory of the process, in bytes.</summary>
    public double? Memory { get; init; }

    /// <summary>The number of open file descriptors of the process.</summary>
    public double? Descriptors { get; init; }

    /// <summary>The number of waiting calls in the graph; 0 if the graph was not read.</summary>
    public int Blocked { get; init; }

    public ProfileMode Profile { get; init; }

    /// <summary>Lost events, the last one first.</summary>
    public IReadOnlyList<LostEvent> Lost { get; init; } = [];

    public PolicyFigures? Policy { get; init; }
}

/// <summary>The lost events that one line of code created.</summary>
internal sealed record LostEvent(string Method, string File, int Line, long Count);

/// <summary>How the loop chooses what runs next, and the resources it considers.</summary>
internal sealed record PolicyFigures(string Name, IReadOnlyList<ResourceFigures> Resources);

/// <summary>A scarce resource. Above the high watermark, calls that take more of it wait until it reaches the low watermark.</summary>
internal sealed record ResourceFigures(string Name, double Used, double Capacity, double Low, double High);
