using JobsProgram;
using Tame.IO;

namespace Tame.Samples.Tests.Jobs;

/// <summary>The server of jobs.</summary>
public sealed partial class JobTests
{
    private int _running;
    private int _mostRunning;
    private int _begun;

    [Theory, MemberData(nameof(Networked.Both), MemberType = typeof(Networked))]
    public void Each_job_is_answered_and_four_run_at_a_time(bool inMemory) => Networked.Run(inMemory, AnswerEach);

    [Theory, MemberData(nameof(Networked.Both), MemberType = typeof(Networked))]
    public void A_stop_answers_what_was_taken_and_takes_no_more(bool inMemory) => Networked.Run(inMemory, StopInTheMiddle);

    [Theory, MemberData(nameof(Networked.Both), MemberType = typeof(Networked))]
    public void A_client_that_leaves_and_a_job_that_fails_hurt_no_other(bool inMemory) => Networked.Run(inMemory, HurtNoOther);

    [Tamed] private partial void AnswerEach(Event done);

    private void AnswerEachBody(Event done)
    {
        const int Count = 60;
        var listener = Network.Current.Listen(Networked.AnyPort);
        var server = new JobServer(listener, Double, TextWriter.Null);
        using var over = new Rendezvous();
        server.Run(mkevent(over));
        twait(e => LineClient.Connect(listener.LocalEndPoint, e), out LineClient first);
        twait(e => LineClient.Connect(listener.LocalEndPoint, e), out LineClient second);
        foreach (var client in new[] { first, second })
        {
            twait(e => client.Say(string.Join('\n', Enumerable.Range(0, Count)), e));
            client.Connection.CloseSend();
        }
        var expected = Enumerable.Range(0, Count).Select(i => $"{i}: {2 * i}").Order().ToList();
        twait(e => first.HearAll(e), out List<string> heard);
        Assert.Equal(expected, heard.Order());
        twait(e => second.HearAll(e), out heard);
        Assert.Equal(expected, heard.Order());
        Assert.Equal((JobServer.Workers, 2 * Count), (_mostRunning, server.Done));
        server.Stop();
        twait(over);
        first.Dispose();
        second.Dispose();
        done.Trigger();
    }

    [Tamed] private partial void StopInTheMiddle(Event done);

    private void StopInTheMiddleBody(Event done)
    {
        const int Count = 500;
        var listener = Network.Current.Listen(Networked.AnyPort);
        var server = new JobServer(listener, Double, TextWriter.Null);
        using var over = new Rendezvous();
        server.Run(mkevent(over));
        twait(e => LineClient.Connect(listener.LocalEndPoint, e), out LineClient client);
        twait(e => client.Say(string.Join('\n', Enumerable.Range(0, Count)), e));
        twait(e => client.HearUntil("20: 40", e), out List<string> early);
        server.Stop();
        twait(e => client.HearAll(e), out List<string> late);
        twait(over);
        int answered = early.Count + late.Count;
        Assert.Equal((_begun, _begun), (server.Done, answered));
        Assert.True(answered < Count, "The stop came too late.");
        Assert.Equal(Enumerable.Range(0, answered).Select(i => $"{i}: {2 * i}").Order(), early.Concat(late).Order());
        client.Dispose();
        done.Trigger();
    }

    [Tamed] private partial void HurtNoOther(Event done);

    private void HurtNoOtherBody(Event done)
    {
        var listener = Network.Current.Listen(Networked.AnyPort);
        var server = new JobServer(listener, Double, TextWriter.Null);
        using var over = new Rendezvous();
        server.Run(mkevent(over));
        twait(e => LineClient.Connect(listener.LocalEndPoint, e), out LineClient leaving);
        twait(e => leaving.Say(string.Join('\n', Enumerable.Range(0, 40)), e));
        twait(e => leaving.Hear(e), out string? _);
        leaving.Connection.Abort();
        twait(e => LineClient.Connect(listener.LocalEndPoint, e), out LineClient staying);
        twait(e => staying.Say("no number\n7", e));
        twait(e => staying.HearUntil("7: 14", e), out List<string> heard);
        Assert.StartsWith("no number: failed: ", heard[0], StringComparison.Ordinal);
        server.Stop();
        twait(over);
        leaving.Dispose();
        staying.Dispose();
        done.Trigger();
    }

    [Tamed] private partial void Double(string text, Event<string> doubled);

    private void DoubleBody(string text, Event<string> doubled)
    {
        int number = int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        _begun++;
        _running++;
        _mostRunning = Math.Max(_mostRunning, _running);
        twait(e => timer(TimeSpan.FromMilliseconds(1), e));
        _running--;
        doubled.Trigger($"{2 * number}");
    }
}
