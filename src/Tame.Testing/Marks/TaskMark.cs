namespace Tame.Testing;

/// <summary>Checks whether a task has ended at a time, after everything that is due by then has run.</summary>
internal sealed class TaskMark : TimeMark
{
    private readonly Task _task;
    private readonly TimeSpan _time;
    private readonly Place _place;
    private readonly Event _checked;
    private readonly TimeProvider _clock;
    private readonly long _start;

    /// <summary>The time at which the task ended. Any thread writes it.</summary>
    private long _end;

    private TaskMark(EventLoop loop, Task task, TimeSpan time, Place place, Event end)
    {
        (_task, _time, _place, _checked, _clock) = (task, time, place, end, loop.TimeProvider);
        _start = _end = _clock.GetTimestamp();
    }

    public static void Add(EventLoop loop, Task task, TimeSpan time, Place place, Event end)
    {
        var mark = new TaskMark(loop, task, time, place, end);
        InPlace.Continue(task, static (_, mark) => ((TaskMark)mark!).NoteEnd(), mark);
        loop.TryAddMark(mark, time);
    }

    public override void Reached(EventLoop loop)
    {
        if (!_task.IsCompleted)
            _checked.Trigger();
        else
            _checked.Fail(PendingMark.Failure(loop, _clock.GetElapsedTime(_start, Volatile.Read(ref _end)), _time, _place));
    }

    private void NoteEnd() => Volatile.Write(ref _end, _clock.GetTimestamp());
}
