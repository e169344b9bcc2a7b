namespace Tame.Stages.Tests;

/// <summary>A handler of numbers that notes them and ends when the test says so.</summary>
internal sealed class Held
{
    private readonly Queue<Event> _calls = new();

    public List<int> Begun { get; } = [];

    public int UnderWay => _calls.Count;

    public void Handle(int item, Event done)
    {
        Begun.Add(item);
        _calls.Enqueue(done);
    }

    /// <summary>Ends the oldest call.</summary>
    public void End() => _calls.Dequeue().Trigger();

    public void Fail(Exception error) => _calls.Dequeue().Fail(error);

    public void EndAll()
    {
        while (_calls.Count != 0)
            End();
    }
}
