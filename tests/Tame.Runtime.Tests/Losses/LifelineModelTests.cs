using System.Globalization;

namespace Tame.Runtime.Tests.Losses;

/// <summary>
/// Tries all orders in which events can be created, triggered, dropped, and left to finalizers while the collector and the finalizer thread run at any moment.
/// The script <c>long lifelines</c> goes deeper.
/// </summary>
[Collection(nameof(Alone))]
public sealed class LifelineModelTests
{
    private static readonly int s_depth = int.Parse(Environment.GetEnvironmentVariable("TAME_DEPTH") ?? "7", CultureInfo.InvariantCulture);

    [Fact]
    public void No_order_of_steps_loses_a_held_event_or_forgets_a_dropped_one()
    {
        var (fault, states) = Explore(() => new LifelineWorld(), s_depth);
        TestContext.Current.TestOutputHelper?.WriteLine($"{states} states to a depth of {s_depth}");
        Assert.True(fault is null, fault);
        Assert.True(states > 1000);
    }

    [Fact]
    public void The_explorer_finds_a_loss_that_a_finalizer_would_have_prevented() =>
        Assert.Contains("is lost while", Explore(() => new LifelineWorld(believesFinalizers: true), 10, ["make", "guard 0", "revive 0", "drop 0", "collect", "finalize 0", "finalize 1", "pass"]).Fault, StringComparison.Ordinal);

    /// <summary>
    /// Searches breadth first, so that a fault is reported with a shortest path to it. A world cannot be copied, so each state is reached from the start.
    /// </summary>
    private static (string? Fault, int States) Explore(Func<LifelineWorld> make, int depth, string[]? only = null)
    {
        var seen = new HashSet<string>();
        var next = new List<string[]> { Array.Empty<string>() };
        for (int i = 0; i < depth && next.Count != 0; i++)
        {
            var ways = next;
            next = [];
            foreach (string[] way in ways)
            {
                foreach (string step in StepsAfter(make, way).Where(step => only is null || only.Contains(step)))
                {
                    string[] longer = [.. way, step];
                    if (Visit(make, longer, seen, next) is { } fault)
                        return ($"{fault}: {string.Join(", ", longer)}", seen.Count);
                }
            }
        }
        return (null, seen.Count);
    }

    private static List<string> StepsAfter(Func<LifelineWorld> make, string[] way)
    {
        using var world = After(make, way);
        return [.. world.Steps()];
    }

    private static string? Visit(Func<LifelineWorld> make, string[] way, HashSet<string> seen, List<string[]> next)
    {
        using var world = After(make, way);
        if (world.Fault is { } fault)
            return fault;
        if (!seen.Add(world.Key()))
            return null;
        next.Add(way);
        world.Settle();
        return world.Fault is { } late ? late + " at last" : null;
    }

    private static LifelineWorld After(Func<LifelineWorld> make, string[] way)
    {
        var world = make();
        foreach (string step in way)
            world.Do(step);
        return world;
    }
}
