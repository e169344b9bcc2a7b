namespace Tame;

/// <summary>The figures of a stage, for tools. The package Tame.Stages supplies them, so that packages that show them need no reference to Tame.Stages.</summary>
/// <param name="Number">Its number among the stages of the process, from one.</param>
/// <param name="Name">Its name.</param>
/// <param name="Capacity">The largest number of items in its queue.</param>
/// <param name="Next">The numbers of the stages that it sends to.</param>
internal sealed record StageReading(int Number, string Name, int Capacity, IReadOnlyList<int> Next)
{
    /// <summary>Items in the queue.</summary>
    public required int Length { get; init; }

    /// <summary>Items that it has accepted.</summary>
    public required long Accepted { get; init; }

    /// <summary>Accepted items a second.</summary>
    public required double ArrivalRate { get; init; }

    /// <summary>All figures, by name, in the order in which to show them. A <see cref="double"/> is a number and a <see cref="TimeSpan"/> a time.</summary>
    public required IReadOnlyList<(string Name, object Value)> Figures { get; init; }
}

/// <summary>The stages of the process. Thread-safe.</summary>
internal static class StageReadings
{
    private static volatile Func<IReadOnlyList<StageReading>>? s_source;

    /// <summary>The current stages. Empty if the program has none.</summary>
    public static IReadOnlyList<StageReading> Now => s_source?.Invoke() ?? [];

    public static void Supply(Func<IReadOnlyList<StageReading>> source) => s_source = source;
}
