namespace Tame.Runtime.Tests.Running;

/// <summary>
/// Runs the code of several threads one step of memory at a time, in every order within a bound of preemptions, with a store buffer for each thread as x86
/// has: a plain write is seen by others only after its thread has drained it. A thread that is not run stands still before its next step.
/// </summary>
internal sealed class Explorer(int preemptions)
{
    private readonly List<Choice> _choices = [];
    private int _next;

    /// <summary>How many orders were tried.</summary>
    public int Runs { get; private set; }

    /// <summary>Tries all orders. Returns what the first bad one violates, and null where there is none.</summary>
    /// <param name="make">Makes the threads' code anew for each order, and what must hold when none of them can go on.</param>
    public string? Explore(Func<Schedule, (Action[] Threads, Func<string?> Check)> make)
    {
        do
        {
            _next = 0;
            Runs++;
            var schedule = new Schedule(this, preemptions);
            var (threads, check) = make(schedule);
            schedule.Run(threads);
            if (check() is { } fault)
                return $"{fault}: {string.Join(' ', schedule.Trace)}";
        }
        while (Advance());
        return null;
    }

    /// <summary>One of several ways to go on: in the first run the first, and so on.</summary>
    public int Choose(int count)
    {
        if (_next == _choices.Count)
            _choices.Add(new Choice(0, count));
        return _choices[_next++].Taken;
    }

    private bool Advance()
    {
        while (_choices.Count != 0 && _choices[^1].Taken + 1 == _choices[^1].Count)
            _choices.RemoveAt(_choices.Count - 1);
        if (_choices.Count == 0)
            return false;
        _choices[^1] = new Choice(_choices[^1].Taken + 1, _choices[^1].Count);
        return true;
    }

    private readonly record struct Choice(int Taken, int Count);
}
