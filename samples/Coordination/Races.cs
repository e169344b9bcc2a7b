namespace Coordination;

/// <summary>Several servers. The first answer counts.</summary>
public static partial class Races
{
    #region race
    [Tamed] public static partial void AskAll((string Name, int Seconds)[] servers, TextWriter output, Event done);

    private static void AskAllBody((string Name, int Seconds)[] servers, TextWriter output, Event done)
    {
        var asks = servers.Select(server => (Action<Event<string>>)(e => Ask(server, output, e))).ToList();
        twait(e => Race.Run(asks, e), out string answer);
        output.WriteLine($"{Programs.Now}: {answer}");
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        done.Trigger();
    }

    [Tamed] private static partial void Ask((string Name, int Seconds) server, TextWriter output, Event<string> answer);

    private static void AskBody((string Name, int Seconds) server, TextWriter output, Event<string> answer)
    {
        using var first = new Rendezvous<bool>();
        answer.AtTrigger(mkevent(first, false));
        timer(TimeSpan.FromSeconds(server.Seconds), mkevent(first, true));
        twait(first, out bool hasAnswer);
        if (!hasAnswer)
            output.WriteLine($"{Programs.Now}: {server.Name} is stopped");
        answer.Trigger($"hello from {server.Name}");
    }
    #endregion
}
