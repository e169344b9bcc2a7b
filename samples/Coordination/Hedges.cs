namespace Coordination;

/// <summary>A server that is sometimes slow, and a second try that does not wait for it.</summary>
public static partial class Hedges
{
    #region hedge
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        int tries = 0;
        var options = new HedgeOptions { Delay = TimeSpan.FromSeconds(2), MaxTries = 3 };
        twait(e => Hedge.Run(answer => Ask(++tries, output, answer), options, e), out string text);
        output.WriteLine($"{Programs.Now}: {text}");
        done.Trigger();
    }

    [Tamed] private static partial void Ask(int number, TextWriter output, Event<string> answer);

    private static void AskBody(int number, TextWriter output, Event<string> answer)
    {
        output.WriteLine($"{Programs.Now}: try {number}");
        twait(e => timer(TimeSpan.FromSeconds(number == 1 ? 60 : 1), e));
        answer.Trigger($"the answer to try {number}");
    }
    #endregion
}
