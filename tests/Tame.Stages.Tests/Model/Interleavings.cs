using CsCheck;

namespace Tame.Stages.Tests.Model;

/// <summary>What may happen to a stage in a test, in any order.</summary>
internal enum Step
{
    Offer,
    OfferWithEvent,
    OfferAndWait,
    OfferToTwo,
    CancelWait,
    End,
    Fail,
    RunLoop,
    StopSoon,
    StopNow,
}

/// <summary>A stage, and what happens to it. <paramref name="Seed"/> decides which waits are cancelled and which calls end.</summary>
internal sealed record Story(bool IsOfBatches, bool IsOrdered, int Capacity, int MaxConcurrency, int Seed, Step[] Steps)
{
    private static readonly Gen<Step> s_step = Gen.Frequency(
        (8, Gen.Const(Step.Offer)),
        (6, Gen.Const(Step.OfferWithEvent)),
        (6, Gen.Const(Step.OfferAndWait)),
        (2, Gen.Const(Step.OfferToTwo)),
        (2, Gen.Const(Step.CancelWait)),
        (9, Gen.Const(Step.End)),
        (3, Gen.Const(Step.Fail)),
        (7, Gen.Const(Step.RunLoop)),
        (1, Gen.Const(Step.StopSoon)),
        (1, Gen.Const(Step.StopNow)));

    public static Gen<Story> All { get; } =
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[1, 5], Gen.Int[1, 3], Gen.Int, s_step.Array[0, 60], (batches, ordered, capacity, most, seed, steps) => new Story(batches, ordered, capacity, most, seed, steps));

    public override string ToString() => $"batches {IsOfBatches}, ordered {IsOrdered}, capacity {Capacity}, most {MaxConcurrency}, seed {Seed}: {string.Join(' ', Steps)}";
}
