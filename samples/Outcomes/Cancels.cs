namespace Outcomes;

/// <summary>What a cancelled event means for code that waits for it, and for code that would trigger it.</summary>
public static partial class Cancels
{
    #region ask
    [Tamed] public static partial void Ask((string Name, int Milliseconds) server, TextWriter output, Event<string> answer);

    private static void AskBody((string Name, int Milliseconds) server, TextWriter output, Event<string> answer)
    {
        twait(e => timer(TimeSpan.FromMilliseconds(server.Milliseconds), e));
        if (!answer.Trigger($"hello from {server.Name}"))
            output.WriteLine($"nobody wanted the answer of {server.Name}");
    }
    #endregion

    #region first
    [Tamed] public static partial void AskAll((string Name, int Milliseconds)[] servers, TextWriter output, Event done);

    private static void AskAllBody((string Name, int Milliseconds)[] servers, TextWriter output, Event done)
    {
        var answers = new string[servers.Length];
        var asked = new Rendezvous<int>();
        for (int i = 0; i < servers.Length; i++)
            Ask(servers[i], output, mkevent(asked, i, out answers[i]));
        twait(asked, out int first);
        output.WriteLine(answers[first]);
        asked.Cancel();
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        done.Trigger();
    }
    #endregion

    #region stop
    [Tamed] public static partial void Stop(TextWriter output, Event done);

    private static void StopBody(TextWriter output, Event done)
    {
        var requests = new Rendezvous();
        using (twait())
        {
            Serve(requests, output, mkevent());
            requests.Cancel();
        }
        done.Trigger();
    }

    [Tamed] private static partial void Serve(Rendezvous requests, TextWriter output, Event done);

    private static void ServeBody(Rendezvous requests, TextWriter output, Event done)
    {
        try
        {
            timer(TimeSpan.FromHours(1), mkevent(requests));
            twait(requests);
        }
        catch (OperationCanceledException)
        {
            output.WriteLine("the server stops");
        }
        done.Trigger();
    }
    #endregion
}
