namespace Tame.CodeFixes;

/// <summary>A wait for a task that is to be written.</summary>
/// <param name="Task">The text of the task.</param>
/// <param name="Slot">Where its result goes.</param>
internal sealed record TaskWait(string Task, TaskSlot Slot)
{
    /// <summary>The type of the result that is not used. Only <c>ValueTask&lt;T&gt;</c> needs it, which is no <c>Task</c>.</summary>
    public string? DiscardedType { get; init; }

    /// <summary>A name for the task, if its text declares variables that the code after the wait may use.</summary>
    public string? TaskVariable { get; init; }
}
