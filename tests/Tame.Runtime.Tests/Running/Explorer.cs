namespace Tame.Runtime.Tests.Running;

/// <summary>
/// Runs the code of several threads one memory step at a time, in every order within a limit of preemptions, with a store buffer for each thread like x86:
/// other threads see a plain write only after its thread has drained it. A thread that does not run stops before its next step.
/// </summary>
internal sealed class Explorer(int preemptions)
{
    private readonly List<Choice> _choices = [];
    private int _next;

    /// <summary>The number of orders that were tried.</summary>
    public int Runs { get; private set; }

    /// <summary>Tries all orders. Returns the violation of the first bad one, or null.</summary>
    /// <param name="make">Creates the threads' code for each order, and the check for when none of them can continue.</param>
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

    /// <summary>Chooses one of several ways to continue: the first in the first run, and so on.</summary>
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
