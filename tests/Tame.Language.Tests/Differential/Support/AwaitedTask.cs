using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame.Language.Tests.Differential.Support;

/// <summary>
/// A task: it wakes the method as an event of a block does, so that both sides go on in the same order. Its result and its failure are those that
/// <c>await</c> gets.
/// </summary>
public class AwaitedTask : INotifyCompletion
{
    private readonly Task _task;
    private readonly AwaitedBlock? _block;

    internal AwaitedTask(Task task)
    {
        _task = task;
        if (task.IsCompletedSuccessfully)
            return;
        _block = new AwaitedBlock();
        task.Trigger(_block.Make());
    }

    /// <summary>A task that completes an event of <paramref name="block"/>.</summary>
    internal AwaitedTask(Task task, AwaitedBlock block)
    {
        _task = task;
        _block = block;
    }

    public bool IsCompleted => _block is null || _block.IsCompleted;

    public AwaitedTask GetAwaiter() => this;

    public void OnCompleted(Action continuation) => _block!.OnCompleted(continuation);

    public void GetResult()
    {
        try
        {
            _block?.GetResult();
        }
        catch (Exception) when (!_task.IsCompletedSuccessfully)
        {
            // The task throws it itself.
        }
        _task.GetAwaiter().GetResult();
    }
}

/// <summary>A task with a result.</summary>
public sealed class AwaitedTask<T> : AwaitedTask
{
    private readonly Task<T> _task;

    internal AwaitedTask(Task<T> task)
        : base(task) => _task = task;

    public new AwaitedTask<T> GetAwaiter() => this;

    public new T GetResult()
    {
        base.GetResult();
        return _task.Result;
    }
}

/// <summary>A task with a result whose place is found behind the task. The result is there as soon as the task has completed.</summary>
public readonly struct TaskIntoPlace<T>
{
    private readonly Task<T> _task;

    internal TaskIntoPlace(Task<T> task) => _task = task;

    public AwaitedTask At(Slot<T> place)
    {
        var block = new AwaitedBlock();
        _task.Trigger(block.Make(place));
        return new AwaitedTask(_task, block);
    }
}
