namespace Tame.Language.Tests.Differential;

/// <summary>Which failures are of one kind: a shrunk program fails as the found one does.</summary>
public sealed class VerdictTests
{
    private const string Forgotten = "TAME060: 'then' may never trigger: the body neither triggers it nor passes it on; trigger it, fail it or throw there in: private void StartBody(World t, Event then)";

    [Fact]
    public void False_alarms_are_alike_where_their_messages_are_but_for_names_and_numbers()
    {
        Assert.True(Alarm("then", "case <= 1", 28).IsLike(Alarm("done", "case false", 7)));
        Assert.False(Alarm("then", "case <= 1", 28).IsLike(new Verdict(Outcome.FalseAlarm, Forgotten)));
    }

    [Fact]
    public void Errors_are_alike_where_their_ids_are()
    {
        Assert.True(Error("CS8352: Cannot use variable 's2' in this context").IsLike(Error("CS8352: Cannot use 's' here")));
        Assert.False(Error("CS8352: Cannot use variable 's2' in this context").IsLike(Error("CS0103: The name 's2' does not exist")));
    }

    private static Verdict Alarm(string name, string label, int line) =>
        new(Outcome.FalseAlarm, $"TAME060: '{name}' may never trigger: the path where '{label}' does not fit (line {line}) neither triggers it nor passes it on in: private void StartBody(World t, Event {name})");

    private static Verdict Error(string reason) => new(Outcome.Invalid, reason);
}
