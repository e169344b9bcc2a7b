using System.Globalization;
using CsCheck;

namespace Tame.Runtime.Tests.Model;

/// <summary>
/// Random sequences of everything that can happen to events, compared step by step with a reference that is simple enough to verify by reading. The script
/// <c>long</c> in this project runs any number of them. A failure prints the shortest sequence found, in words, and its seed.
/// </summary>
[Collection(nameof(Alone))]
public sealed class ModelTests
{
    /// <summary>The number of sequences. A script sets a higher one.</summary>
    private static readonly long s_sequences =
        long.Parse(Environment.GetEnvironmentVariable("TAME_SEQUENCES") ?? "10000", CultureInfo.InvariantCulture);

    [Fact]
    public void The_runtime_does_what_the_reference_does() =>
        Step.Sequences.Sample(Compare, iter: s_sequences, print: steps => Tell(steps, Compare, settles: false));

    /// <summary>
    /// Fewer sequences, because each loss costs a collection of the whole heap. They run one after the other, because a collection for one would find the loss
    /// of another too early.
    /// </summary>
    [Fact]
    public void What_is_dropped_is_lost_and_nothing_else_is() =>
        Step.SequencesWithDrops.Sample(CompareLosses, iter: s_sequences / 50, threads: 1, print: steps => Tell(steps, CompareLosses, settles: true));

    /// <summary>The output of a failure: the sequence without the steps that are not needed for it, in words, and how it fails.</summary>
    private static string Tell(Step[] steps, Action<Step[]> compare, bool settles)
    {
        for (int i = steps.Length - 1; i >= 0; i--)
        {
            Step[] shorter = [.. steps[..i], .. steps[(i + 1)..]];
            if (Failure(shorter, compare) is null)
                continue;
            steps = shorter;
            i = steps.Length;
        }
        return $"{Reference.Narrate(steps, settles)}\n{Failure(steps, compare)}\n";
    }

    private static string? Failure(Step[] steps, Action<Step[]> compare)
    {
        try
        {
            compare(steps);
            return null;
        }
        catch (Exception error)
        {
            return error.Message;
        }
    }

    private static void Compare(Step[] steps)
    {
        var reference = new Reference();
        using var real = new Real();
        for (int i = 0; i < steps.Length; i++)
            Check(i, reference.Do(i, steps[i]), real.Do(i, steps[i]), reference, real);
    }

    private static void CompareLosses(Step[] steps)
    {
        var reference = new Reference(settles: true);
        using var real = new Real(settles: true);
        for (int i = 0; i < steps.Length; i++)
        {
            Check(i, reference.Do(i, steps[i]), real.Do(i, steps[i]), reference, real);
            if (!CompareLossesNow(i, reference, real))
                return;
        }
    }

    /// <summary>Returns false if several losses come in the collector's own order, or a handle of a complete event may hide one.</summary>
    private static bool CompareLossesNow(int step, Reference reference, Real real)
    {
        while (true)
        {
            int lost = reference.FindLoss();
            real.LetStaleHandlesGo();
            if (lost < 0)
                return lost == -1;
            reference.LoseAndPass(lost);
            real.Collect();
            Check(step, "lost", "lost", reference, real);
        }
    }

    private static void Check(int step, string expected, string actual, Reference reference, Real real)
    {
        var shouldBe = new List<int>();
        var state = new List<int>();
        reference.Observe(shouldBe);
        real.Observe(state);
        if (expected == actual && shouldBe.SequenceEqual(state) && reference.Log.SequenceEqual(real.Log))
            return;
        Assert.Fail($"""
            After step {step} the reference and the runtime differ:
            reference: {expected}; {string.Join(' ', shouldBe)}; {string.Join(", ", reference.Log)}
            runtime:   {actual}; {string.Join(' ', state)}; {string.Join(", ", real.Log)}
            (the state: whether each event is pending; each rendezvous' waiting, ready, cancelled; the slots; blocked calls)
            """);
    }
}
