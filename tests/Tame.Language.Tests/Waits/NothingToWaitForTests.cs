namespace Tame.Language.Tests.Waits;

/// <summary>A wait on a rendezvous that only its body can make events on, when it has none.</summary>
public sealed partial class NothingToWaitForTests
{
    [Fact]
    public void A_wait_that_cannot_end_throws_at_once_and_names_its_line()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => EventLoop.Run(done => Fresh(done), new EventLoopOptions { VirtualTime = true }));
        Assert.Matches(@"^There is nothing to wait for in .*NothingToWaitForTests\.Fresh at .*NothingToWaitForTests\.cs:20: ", thrown.Message);
    }

    [Tamed] private static partial void Fresh(Event done);

    private static void FreshBody(Event done)
    {
        var rendezvous = new Rendezvous();
        asap(mkevent(rendezvous));
        twait(rendezvous);
        twait(rendezvous);
        done.Trigger();
    }

    [Fact]
    public void It_can_be_caught_and_the_rendezvous_used_again() => Assert.Equal("1 2 none 3 | failed none | joined none", Trace.Of(Again));

    [Tamed] private static partial void Again(Trace trace, Event done);

    private static void AgainBody(Trace trace, Event done)
    {
        using var rendezvous = new Rendezvous<int>();
        int id;
        for (int i = 1; i <= 2; i++) asap(mkevent(rendezvous, i));
        try
        {
            while (true)
            {
                twait(rendezvous, out id);
                trace.Add(id);
            }
        }
        catch (InvalidOperationException)
        {
            trace.Add("none");
        }

        timer(TimeSpan.FromSeconds(1), mkevent(rendezvous, 3));
        twait(rendezvous, out id);
        trace.Add($"{id} |");
        mkevent(rendezvous, 4).Fail(new ArithmeticException());
        try
        {
            for (var i = 0; i < 2; i++)
            {
                twait(rendezvous, out id, out Exception? error);
                trace.Add(error is null ? "joined" : "failed");
            }
        }
        catch (InvalidOperationException)
        {
            trace.Add("none |");
        }

        rendezvous.Cancel();
        var second = new Rendezvous();
        mkevent(second).Trigger();
        trace.Add(second.TryJoin() && second.Waiting == 0 ? "joined" : "");
        try
        {
            twait(second);
        }
        catch (InvalidOperationException)
        {
            trace.Add("none");
        }

        done.Trigger();
    }

    [Fact]
    public void A_cancelled_rendezvous_is_cancelled_as_ever() => Assert.Equal("OperationCanceledException", Trace.Of(Cancelled));

    [Tamed] private static partial void Cancelled(Trace trace, Event done);

    private static void CancelledBody(Trace trace, Event done)
    {
        var rendezvous = new Rendezvous();
        rendezvous.Cancel();
        try
        {
            twait(rendezvous);
        }
        catch (Exception e)
        {
            trace.Add(e.GetType().Name);
        }

        done.Trigger();
    }

    [Fact]
    public void Where_other_code_has_the_rendezvous_the_wait_waits_for_what_that_makes() => Assert.Equal("helped", Trace.Of(Helped));

    [Tamed] private static partial void Helped(Trace trace, Event done);

    private static void HelpedBody(Trace trace, Event done)
    {
        var rendezvous = new Rendezvous();
        Help(rendezvous);
        twait(rendezvous);
        trace.Add("helped");
        done.Trigger();
    }

    [Tamed] private static partial void Help(Rendezvous rendezvous);

    private static void HelpBody(Rendezvous rendezvous)
    {
        using (twait()) timer(TimeSpan.FromSeconds(1), mkevent());
        mkevent(rendezvous).Trigger();
    }
}
