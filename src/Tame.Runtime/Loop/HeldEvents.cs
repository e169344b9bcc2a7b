using System.Diagnostics.CodeAnalysis;

namespace Tame;

/// <summary>
/// Passed to <see cref="CompilerServices.Closure.FailEvents"/> instead of a failure, and so to each event parameter of a call. It collects the events, and none
/// fails.
/// </summary>
[SuppressMessage("Design", "CA1064", Justification = "It is an exception because generated code passes one to each event parameter. It is never thrown.")]
internal sealed class HeldEvents : Exception
{
    private readonly List<Event> _events = [];

    public List<Event> Events => _events;

    /// <summary>Collects the event parameters of a call.</summary>
    public void CollectOf(CompilerServices.Closure call)
    {
        _events.Clear();
        call.Tell(this);
    }

    public void Clear() => _events.Clear();

    public bool Add(Event e)
    {
        _events.Add(e);
        return true;
    }
}
