namespace Tame.Stages;

/// <summary>Error messages: what is wrong with a call, where, and what to do.</summary>
internal static class StageErrors
{
    public static InvalidOperationException NoLoop(string name) =>
        new($"The stage '{name}' has no loop: neither this thread nor the options have one. Create the stage on the thread of a loop, or set {nameof(StageOptions<>.Loops)}.");

    public static void CheckLoopOptions<T>(string name, StageWork<T> work, StageOptions<T> options)
    {
        if (options.ThreadPool is not null || options.Threads != 1)
            throw Wrong(name, "is on loops", options.ThreadPool is null ? nameof(options.Threads) : nameof(options.ThreadPool), $"Set {nameof(options.MaxConcurrency)}, or create it with {nameof(Stage.OnThreads)}.");
        CheckBatches(name, work, options);
    }

    public static void CheckThreadOptions<T>(string name, StageWork<T> work, StageOptions<T> options)
    {
        if (options.Loops is not null)
            throw Wrong(name, "is on threads", nameof(options.Loops), $"Create it with {nameof(Stage.OnLoop)}.");
        if (options.MaxConcurrency != 1)
            throw Wrong(name, "is on threads", nameof(options.MaxConcurrency), $"Set {nameof(options.Threads)}.");
        CheckBatches(name, work, options);
    }

    public static OperationCanceledException NotHandled(string name) =>
        new($"The stage '{name}' was stopped before it had handled this item. The stop operation has returned the item.");

    public static LostEventException Dropped(string name, LostEventException lost) =>
        new($"The handler of the stage '{name}' dropped the event of a call, so the call can never complete. A handler must trigger its event on every path.", lost);

    private static void CheckBatches<T>(string name, StageWork<T> work, StageOptions<T> options)
    {
        if (!work.IsOfBatches && options.Batching is not null)
            throw Wrong(name, "handles single items", nameof(options.Batching), $"Create it with {nameof(Stage.OnLoopInBatches)} or {nameof(Stage.OnThreadsInBatches)}.");
    }

    private static ArgumentException Wrong(string name, string what, string options, string advice) =>
        new($"The stage '{name}' {what}, and the option {options} is not for such a stage. {advice}", nameof(options));
}
