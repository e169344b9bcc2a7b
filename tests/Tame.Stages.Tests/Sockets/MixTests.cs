using CsCheck;

namespace Tame.Stages.Tests.Sockets;

/// <summary>Random mixes of reads, writes, closes and resets with a stop in mid-flight. `TAME_MIXES` says how many.</summary>
public sealed class MixTests
{
    private static readonly int s_mixes = int.Parse(Environment.GetEnvironmentVariable("TAME_MIXES") ?? "1000", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly Gen<Step[]> s_steps = Gen.Select(
        Gen.Frequency((12, Gen.Const(StepKind.Send)), (2, Gen.Const(StepKind.End)), (1, Gen.Const(StepKind.Abort))),
        Gen.Int[0, 400],
        Gen.Frequency((2, Gen.Const(0)), (1, Gen.Int[1, 20])),
        (kind, size, pause) => new Step(kind, size, pause)).Array[0, 10];

    private static readonly Gen<Scenario> s_scenarios = Gen.Select(
        Gen.Select(s_steps, s_steps, (client, server) => new Talk(client, server)).Array[1, 4],
        Gen.Frequency((1, Gen.Const(0)), (1, Gen.Int[1, 10])).Array[1, 5],
        Gen.Int[1, 120],
        Gen.Int[1, 5],
        Gen.Int[1, 300],
        Gen.Select(Gen.Int[0, 150], Gen.Int[0, 100], Gen.Bool, (after, deadline, sinkFirst) => new StopKind(after, deadline, sinkFirst)),
        (talks, delays, size, room, buffer, stop) => new Scenario(talks, delays, size, room, buffer, stop));

    [Fact]
    public void No_byte_is_lost_doubled_or_out_of_order_and_every_write_completes_once() =>
        s_scenarios.Sample(Mix.Check, iter: s_mixes, threads: 1, print: Print);

    private static string Print(Scenario scenario) =>
        $"{scenario with { Talks = [], Delays = [] }} delays [{string.Join(", ", scenario.Delays)}]" +
        string.Concat(scenario.Talks.Select(talk => $"\n  client {string.Join("; ", talk.Client.AsEnumerable())}\n  server {string.Join("; ", talk.Server.AsEnumerable())}"));
}
