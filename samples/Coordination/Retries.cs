namespace Coordination;

/// <summary>A server that is busy at first.</summary>
public static partial class Retries
{
    #region retry
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        int tries = 0;
        var options = new RetryOptions { MaxTries = 5, Delay = TimeSpan.FromSeconds(1), ShouldRetry = error => error is IOException, Random = new Random(1) };
        twait(e => Retry.Run(answer => Ask(++tries, output, answer.WithTimeout(TimeSpan.FromSeconds(10))), options, e), out string text);
        output.WriteLine($"{Programs.Now}: {text}");
        done.Trigger();
    }

    [Tamed] private static partial void Ask(int number, TextWriter output, Event<string> answer);

    private static void AskBody(int number, TextWriter output, Event<string> answer)
    {
        output.WriteLine($"{Programs.Now}: try {number}");
        twait(e => asap(e));
        if (number < 4)
            throw new IOException("busy");
        answer.Trigger("an answer");
    }
    #endregion
}
