using Tame.Testing;

namespace Tame.Samples.Tests.TestingPrograms;

#region code
internal static partial class Backoff
{
    /// <summary>Asks up to four times, for ten seconds each, after waits of 1, 2 and 4 seconds.</summary>
    [Tamed] public static partial void Ask(Action<Event<string>> server, Event<string> answer);

    private static void AskBody(Action<Event<string>> server, Event<string> answer)
    {
        for (int wait = 1; ; wait *= 2)
        {
            try
            {
                twait(e => server(e.WithTimeout(TimeSpan.FromSeconds(10))), out string text);
                answer.Trigger(text);
                return;
            }
            catch (TimeoutException) when (wait < 8)
            {
            }
            twait(e => timer(TimeSpan.FromSeconds(wait), e));
        }
    }
}
#endregion

#region test
public sealed partial class BackoffTests
{
    [Fact]
    public void A_server_that_never_answers_is_asked_four_times() => TestLoop.Run(GiveUp);

    [Tamed] private static partial void GiveUp(Event done);

    private static void GiveUpBody(Event done)
    {
        int asked = 0;
        try
        {
            twait(e => Backoff.Ask(_ => asked++, e.StillBlockedAfter(TimeSpan.FromSeconds(46)).EndsWithin(TimeSpan.FromSeconds(47))), out string _);
        }
        catch (TimeoutException)
        {
            Assert.Equal((4, TimeSpan.FromSeconds(47)), (asked, TestLoop.Elapsed));
            done.Trigger();
            return;
        }
        done.Fail(new InvalidOperationException("It has an answer."));
    }
}
#endregion
