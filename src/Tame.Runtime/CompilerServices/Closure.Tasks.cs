using System.Runtime.CompilerServices;

namespace Tame.CompilerServices;

// Waits for tasks: twait(task, out result) is a block of one event, which is opened only for a task that has not run to completion.
public abstract partial class Closure
{
    /// <summary>Waits for a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="line">The user's line.</param>
    /// <returns>True if the task has run to completion. False if a block is open that waits for it.</returns>
    /// <exception cref="ArgumentNullException">The argument is null.</exception>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TaskDone(Task task, int line)
    {
        if (task is { IsCompletedSuccessfully: true } && Loop is not null)
            return true;
        Await(task, line);
        return false;
    }

    /// <summary>Waits for the result of a task.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="task">The task.</param>
    /// <param name="slot">The slot for the result.</param>
    /// <param name="line">The user's line.</param>
    /// <returns>True if the result is written. False if a block is open that waits for it.</returns>
    /// <exception cref="ArgumentNullException">The argument is null.</exception>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TaskDone<T>(Task<T> task, Slot<T> slot, int line)
    {
        if (task is { IsCompletedSuccessfully: true } && Loop is not null)
        {
            slot.Write(task.Result);
            return true;
        }
        Await(task, slot, line);
        return false;
    }

    /// <inheritdoc cref="TaskDone(Task, int)"/>
    /// <param name="task">The task. It must not be used again.</param>
    /// <param name="line">The user's line.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TaskDone(ValueTask task, int line)
    {
        if (task.IsCompletedSuccessfully && Loop is not null)
        {
            task.GetAwaiter().GetResult();      // lets a pooled source know that the result was read
            return true;
        }
        Await(task, line);
        return false;
    }

    /// <inheritdoc cref="TaskDone{T}(Task{T}, Slot{T}, int)"/>
    /// <param name="task">The task. It must not be used again.</param>
    /// <param name="slot">The slot for the result.</param>
    /// <param name="line">The user's line.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TaskDone<T>(ValueTask<T> task, Slot<T> slot, int line)
    {
        if (task.IsCompletedSuccessfully && Loop is not null)
        {
            slot.Write(task.Result);
            return true;
        }
        Await(task, slot, line);
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Await(Task task, int line)
    {
        ArgumentNullException.ThrowIfNull(task);
        EnterBlock();
        task.Trigger(Make(line));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Await<T>(Task<T> task, Slot<T> slot, int line)
    {
        ArgumentNullException.ThrowIfNull(task);
        EnterBlock();
        task.Trigger(Make(slot, line));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Await(ValueTask task, int line)
    {
        EnterBlock();
        task.Trigger(Make(line));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Await<T>(ValueTask<T> task, Slot<T> slot, int line)
    {
        EnterBlock();
        task.Trigger(Make(slot, line));
    }
}
