using System.Net.Sockets;
using MultiDns;

namespace Tame.Samples.Tests.MultiDns;

public sealed partial class ComposabilityTests
{
    /// <summary>What one caller of AddTimeout saw.</summary>
    private sealed class Outcome
    {
        public bool InTime { get; set; }

        public string? Value { get; set; }

        public bool LateTrigger { get; set; }
    }

    [Fact]
    public void An_answer_in_time_is_handed_on()
    {
        var outcome = new Outcome();
        var elapsed = VirtualTime.Run(done => Ask(answerAfter: TimeSpan.FromSeconds(2), outcome, done));

        Assert.Equal((true, "answer"), (outcome.InTime, outcome.Value));
        Assert.Equal(TimeSpan.FromSeconds(2), elapsed);
    }

    [Fact]
    public void An_answer_too_late_goes_nowhere()
    {
        var outcome = new Outcome();
        var elapsed = VirtualTime.Run(done => AskAndOutlast(answerAfter: TimeSpan.FromSeconds(9), outcome, done));

        Assert.Equal((false, null), (outcome.InTime, outcome.Value));
        Assert.False(outcome.LateTrigger);
        Assert.Equal(TimeSpan.FromSeconds(9), elapsed);
    }

    [Fact]
    public void No_answer_at_all_is_noticed_when_the_time_is_up()
    {
        var outcome = new Outcome();
        var elapsed = VirtualTime.Run(done => Ask(answerAfter: TimeSpan.FromDays(1), outcome, done));

        Assert.Equal((false, null), (outcome.InTime, outcome.Value));
        Assert.Equal(TimeSpan.FromSeconds(5), elapsed);
    }

    [Fact]
    public void A_failure_in_time_reaches_the_one_who_asked() =>
        Assert.Throws<SocketException>(() => VirtualTime.Run(Fail));

    [Fact]
    public void A_lookup_that_takes_too_long_is_given_up_by_name()
    {
        var lookups = new Lookups(FakeResolver.GetHost, TimeSpan.FromSeconds(5));
        string[] names = ["4", "6", "1!"];
        var addresses = new System.Net.IPAddress?[names.Length];
        var elapsed = VirtualTime.Run(done => Listings.MultiDns(names, addresses, lookups.GetHost, done));

        Assert.Equal("10.0.0.4", addresses[0]?.ToString());
        Assert.Null(addresses[1]);
        Assert.Null(addresses[2]);
        Assert.Equal("no answer within 5 s", lookups.Errors["6"]);
        Assert.Equal(new SocketException((int)SocketError.HostNotFound).Message, lookups.Errors["1!"]);
        Assert.Equal(TimeSpan.FromSeconds(4 + 5 + 1), elapsed);
    }

    [Tamed]
    private static partial void Ask(TimeSpan answerAfter, Outcome outcome, Event done);

    private static void AskBody(TimeSpan answerAfter, Outcome outcome, Event done)
    {
        bool inTime;
        string? value;
        using (twait())
            Answer(answerAfter, outcome, Composability.AddTimeout(TimeSpan.FromSeconds(5), mkevent(out inTime, out value)), default);
        outcome.InTime = inTime;
        outcome.Value = value;
        done.Trigger();
    }

    [Tamed]
    private static partial void AskAndOutlast(TimeSpan answerAfter, Outcome outcome, Event done);

    private static void AskAndOutlastBody(TimeSpan answerAfter, Outcome outcome, Event done)
    {
        using (twait())
        {
            bool inTime;
            string? value;
            var answered = mkevent();
            using (twait())
                Answer(answerAfter, outcome, Composability.AddTimeout(TimeSpan.FromSeconds(5), mkevent(out inTime, out value)), answered);
            outcome.InTime = inTime;
            outcome.Value = value;
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void Answer(TimeSpan after, Outcome outcome, Event<string> e, Event answered);

    private static void AnswerBody(TimeSpan after, Outcome outcome, Event<string> e, Event answered)
    {
        using (twait())
            timer(after, mkevent());
        outcome.LateTrigger = e.Trigger("answer");
        answered.Trigger();
    }

    [Tamed]
    private static partial void Fail(Event done);

    private static void FailBody(Event done)
    {
        bool inTime;
        string? value;
        using (twait())
            Composability.AddTimeout(TimeSpan.FromSeconds(5), mkevent(out inTime, out value)).Fail(new SocketException());
        done.Trigger();
    }
}
