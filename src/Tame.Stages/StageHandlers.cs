namespace Tame.Stages;

/// <summary>Handles an item, on a loop; usually a tamed method.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="item">The item.</param>
/// <param name="done">The handler triggers it when it has handled the item. Until then the call counts as running. A failure of the event, or an exception, fails the event of the item.</param>
public delegate void StageHandler<T>(T item, Event done);

/// <summary>Handles several items at once, on a loop; usually a tamed method.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="batch">The items. The stage reuses the list: it is yours until you trigger <paramref name="done"/>.</param>
/// <param name="done">The handler triggers it when it has handled all items. A failure of the event, or an exception, fails the event of each item that has not been completed.</param>
public delegate void StageBatchHandler<T>(StageBatch<T> batch, Event done);
