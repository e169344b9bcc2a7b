using System.Text.RegularExpressions;

namespace Tame.Language.Tests.Differential;

/// <summary>How the two sides of a program compare.</summary>
internal enum Outcome
{
    Same,

    /// <summary>The traces differ, or one side runs for ever.</summary>
    Differs,

    /// <summary>The generator refused the program with a diagnostic.</summary>
    Refused,

    /// <summary>Both sides do the same, but an analyzer reports something that is not so.</summary>
    FalseAlarm,

    /// <summary>The generator threw, or the compiler did.</summary>
    Throws,

    /// <summary>The compiler throws while it compiles the await side alone: there is nothing to compare with.</summary>
    Incomparable,

    /// <summary>What the generator wrote does not compile.</summary>
    Miscompiled,

    /// <summary>The program itself does not compile: a mistake of whoever wrote the program.</summary>
    Invalid,
}

/// <summary>How a program fared: its traces, or what the compiler or the generator said in <see cref="Reason"/>.</summary>
internal sealed record Verdict(Outcome Outcome, string Reason, string Tamed = "", string Awaited = "")
{
    public bool IsFault => Outcome is not (Outcome.Same or Outcome.Refused or Outcome.Incomparable);

    /// <summary>Whether two programs fail in the same way: for what the compiler says, by the id of the diagnostic; for what an analyzer says, by all of the message.</summary>
    public bool IsLike(Verdict other) => Outcome == other.Outcome && Kind == other.Kind;

    private string Kind => Outcome == Outcome.FalseAlarm ? WithoutNames(Reason.Split(" in: ")[0]) : Reason.Split(' ', ':')[0];

    /// <summary>Names and numbers of a program tell nothing of the cause.</summary>
    public static string WithoutNames(string reason) => Regex.Replace(string.Join("'…'", reason.Split('\'').Where((_, i) => i % 2 == 0)), @"\b\d+\b", "…");

    public override string ToString() => Outcome == Outcome.Differs ? $"{Outcome}\ntamed: {Tamed}\nawait: {Awaited}" : $"{Outcome}: {Reason}";
}
