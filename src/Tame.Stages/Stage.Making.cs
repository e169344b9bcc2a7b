namespace Tame.Stages;

/// <summary>Creates stages.</summary>
public abstract partial class Stage
{
    /// <summary>Creates a stage whose handler runs on a loop: the loop of this thread, or those of the options. It starts at once.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="name">The name.</param>
    /// <param name="handler">Handles an item; usually a tamed method.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <returns>The stage.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    /// <exception cref="ArgumentException">An option is for another kind of stage.</exception>
    /// <exception cref="InvalidOperationException">The options name no loop, and this thread has none.</exception>
    public static Stage<T> OnLoop<T>(string name, StageHandler<T> handler, StageOptions<T>? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Stage<T>.OnLoops(name, new StageWork<T> { Tamed = handler }, options);
    }

    /// <summary>Creates a stage whose handler gets several items at once, on a loop: the loop of this thread, or those of the options. It starts at once.</summary>
    /// <param name="name">The name.</param>
    /// <param name="handler">Handles the items; usually a tamed method.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <inheritdoc cref="OnLoop{T}(string, StageHandler{T}, StageOptions{T})" path="/*[not(self::param)]"/>
    public static Stage<T> OnLoopInBatches<T>(string name, StageBatchHandler<T> handler, StageOptions<T>? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Stage<T>.OnLoops(name, new StageWork<T> { TamedBatch = handler }, options);
    }

    /// <summary>Creates a stage whose handler is a plain method, which may block, on the stage's own threads. It starts at once. Its threads end when it has stopped.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="name">The name.</param>
    /// <param name="handler">Handles an item. An exception fails the event of the item.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <returns>The stage.</returns>
    /// <exception cref="ArgumentNullException">The name or the handler is null.</exception>
    /// <exception cref="ArgumentException">An option is for another kind of stage.</exception>
    public static Stage<T> OnThreads<T>(string name, Action<T> handler, StageOptions<T>? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Stage<T>.OnPool(name, new StageWork<T> { Plain = handler }, options);
    }

    /// <summary>Creates a stage whose handler is a plain method, which may block and gets several items at once, on the stage's own threads. It starts at once. Its threads end when it has stopped.</summary>
    /// <param name="name">The name.</param>
    /// <param name="handler">Handles the items. An exception fails the event of each item that has not been completed.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <inheritdoc cref="OnThreads{T}(string, Action{T}, StageOptions{T})" path="/*[not(self::param)]"/>
    public static Stage<T> OnThreadsInBatches<T>(string name, Action<StageBatch<T>> handler, StageOptions<T>? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Stage<T>.OnPool(name, new StageWork<T> { PlainBatch = handler }, options);
    }
}
