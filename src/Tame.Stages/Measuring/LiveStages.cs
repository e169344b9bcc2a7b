namespace Tame.Stages;

/// <summary>The stages of this process that have not stopped.</summary>
internal static class LiveStages
{
    private static readonly LiveList<Stage> s_all = new();

    static LiveStages()
    {
        StageReadings.Supply(StageReporter.Read);
        StageMeters.Publish();
    }

    public static void Add(Stage stage) => s_all.Add(stage);

    public static void Remove(Stage stage) => s_all.Remove(stage);

    public static List<Stage> All() => s_all.All();
}
