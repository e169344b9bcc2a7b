using Tame.Testing;

namespace Tame.Samples.Tests;

/// <summary>Runs tamed code on a loop whose clock jumps.</summary>
internal static partial class VirtualTime
{
    /// <summary>How long it took on that clock.</summary>
    public static TimeSpan Run(Action<Event> main) => TestLoop.Run<TimeSpan>(elapsed => Measure(main, elapsed));

    [Tamed] private static partial void Measure(Action<Event> main, Event<TimeSpan> elapsed);

    private static void MeasureBody(Action<Event> main, Event<TimeSpan> elapsed)
    {
        twait(e => main(e));
        elapsed.Trigger(TestLoop.Elapsed);
    }
}
