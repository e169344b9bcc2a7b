using System.Globalization;
using System.Runtime.CompilerServices;

namespace Tame.Runtime.Tests.Losses;

/// <summary>
/// Finalizers of the program that also reach the handles of events which the collector has found: they trigger them, or bring them back. The script <c>long
/// losses</c> makes a million such calls.
/// </summary>
[Collection(nameof(Alone))]
public sealed class ResurrectionTests
{
    private const int Together = 1000;
    private static readonly int s_calls = int.Parse(Environment.GetEnvironmentVariable("TAME_CALLS") ?? "10000", CultureInfo.InvariantCulture);

    [Fact]
    public void No_finalizer_makes_a_live_event_look_lost_and_no_call_hangs()
    {
        var random = new Random(1);
        for (int made = 0; made < s_calls; made += Together)
        {
            var tally = new Tally();
            Loops.OnThread(() => EventLoop.Run(done => StartAll(tally, random.Next(), done), Loops.Virtual));
            Assert.Equal((0, tally.Dropped, Together), (tally.FalseLosses, tally.Losses, tally.Ended));
        }
    }

    private static void StartAll(Tally tally, int seed, Event done)
    {
        var random = new Random(seed);
        Call.Blocks(done, all =>
        {
            for (int i = 0; i < Together; i++)
                Start(tally, random.Next(3), random.Next(100), all.Make(i));
        });
    }

    /// <summary>One block whose event only a finalizer, or nothing, holds, and then two whose event belongs to a timer.</summary>
    private static void Start(Tally tally, int kind, int milliseconds, Event done)
    {
        if (kind == 2)
            tally.Dropped++;
        Call.Start(
            c =>
            {
                if (c.State > 0)
                    End(c, tally, isDropped: kind == 2 && c.State == 1);
                if (c.State == 3)
                {
                    tally.Ended++;
                    c.Done.Trigger();
                    return;
                }
                c.EnterBlock();
                if (c.State > 0)
                    Primitives.timer(TimeSpan.FromMilliseconds(milliseconds), c.Make(2));
                else if (kind == 2)
                    Drop(c);
                else
                    Leave(c, EventLoop.Current!, isRevived: kind == 1);
                c.BlockDone(c.State + 1);
            },
            done);
    }

    private static void End(Call c, Tally tally, bool isDropped)
    {
        try
        {
            c.EndBlockOrThrow();
        }
        catch (LostEventException) when (isDropped)
        {
            tally.Losses++;
        }
        catch (LostEventException)
        {
            tally.FalseLosses++;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop(Call c) => c.Make(1);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Leave(Call c, EventLoop loop, bool isRevived) => _ = new Guard(c.Make(1), loop, isRevived);

    private sealed class Tally
    {
        public int Dropped, Losses, FalseLosses, Ended;
    }

    private sealed class Guard(Event e, EventLoop loop, bool isRevived)
    {
        ~Guard()
        {
            if (isRevived)
                loop.Post(() => e.Trigger());
            else
                e.Trigger();
        }
    }
}
