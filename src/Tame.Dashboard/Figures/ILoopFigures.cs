namespace Tame.Dashboards.Figures;

/// <summary>Where the figures of a loop come from. All members are for the loop's thread.</summary>
internal interface ILoopFigures
{
    /// <summary>When stretches are counted. Setting it is all that the page can change in a program.</summary>
    ProfileMode Profile { get; set; }

    /// <summary>The figures of now. It is called twice a second, so it costs little.</summary>
    LoopFigures Read();

    /// <summary>The graph of now.</summary>
    BlockingGraph Graph();

    /// <summary>The calls that wait now, the longest waiting first.</summary>
    IReadOnlyList<BlockedCall> Blocked();
}

/// <summary>The figures of a loop at one time. What is null is not known.</summary>
internal sealed record LoopFigures
{
    /// <summary>How many calls are ready to run.</summary>
    public double? Ready { get; init; }

    /// <summary>How long what is ready waits for its turn, in seconds.</summary>
    public double? Delay { get; init; }

    /// <summary>The share of time in which the loop runs code, from 0 to 1.</summary>
    public double? Busy { get; init; }

    /// <summary>The managed memory of the process, in bytes.</summary>
    public double? Memory { get; init; }

    /// <summary>The open descriptors of the process.</summary>
    public double? Descriptors { get; init; }

    /// <summary>How many calls wait in the graph; 0 where it was not asked for.</summary>
    public int Blocked { get; init; }

    public ProfileMode Profile { get; init; }

    /// <summary>Events that were lost, the last one first.</summary>
    public IReadOnlyList<LostEvent> Lost { get; init; } = [];

    public PolicyFigures? Policy { get; init; }
}

/// <summary>The events that one line made and that were lost.</summary>
internal sealed record LostEvent(string Method, string File, int Line, long Count);

/// <summary>How the loop chooses what runs next, and the resources that it looks at.</summary>
internal sealed record PolicyFigures(string Name, IReadOnlyList<ResourceFigures> Resources);

/// <summary>A scarce resource. Above the high watermark, calls that take more of it wait until the low one is reached.</summary>
internal sealed record ResourceFigures(string Name, double Used, double Capacity, double Low, double High);
