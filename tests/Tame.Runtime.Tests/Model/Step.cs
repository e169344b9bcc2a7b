using CsCheck;

namespace Tame.Runtime.Tests.Model;

/// <summary>The operation of a step.</summary>
internal enum Op
{
    Make,
    Trigger,
    Unblock,
    Fail,
    AtTrigger,
    Cancel,
    NewRendezvous,
    TryJoin,
    Join,
    Blocks,
    Throw,
    Timer,
    Timeout,
    Asap,
    Pass,
    Drop,
}

/// <summary>One step of a sequence. Each operation interprets the three numbers.</summary>
internal readonly record struct Step(Op Op, int A, int B, int C)
{
    private static readonly Gen<Op> s_op = Gen.Frequency(
        (14, Gen.Const(Op.Make)), (14, Gen.Const(Op.Trigger)), (4, Gen.Const(Op.Unblock)), (6, Gen.Const(Op.Fail)),
        (8, Gen.Const(Op.AtTrigger)), (2, Gen.Const(Op.Cancel)), (1, Gen.Const(Op.NewRendezvous)), (5, Gen.Const(Op.TryJoin)),
        (8, Gen.Const(Op.Join)), (9, Gen.Const(Op.Blocks)), (2, Gen.Const(Op.Throw)), (3, Gen.Const(Op.Timer)),
        (3, Gen.Const(Op.Timeout)), (2, Gen.Const(Op.Asap)), (16, Gen.Const(Op.Pass)));

    private static readonly Gen<Op> s_opWithDrops = Gen.Frequency((9, s_op), (2, Gen.Const(Op.Drop)));

    /// <summary>Sequences in which every handle is kept.</summary>
    public static readonly Gen<Step[]> Sequences = Of(s_op).Array[1, 60];

    /// <summary>Sequences that also drop handles.</summary>
    public static readonly Gen<Step[]> SequencesWithDrops = Of(s_opWithDrops).Array[1, 40];

    private static Gen<Step> Of(Gen<Op> op) =>
        Gen.Select(op, Gen.Int[0, 15], Gen.Int[0, 15], Gen.Int[0, 63], (kind, a, b, c) => new Step(kind, a, b, c));
}
