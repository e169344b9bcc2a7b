namespace Cookbook;

/// <summary>A slow site, for asynchronous and for tamed code: a page takes a second for each letter of its name.</summary>
internal static partial class Site
{
    /// <summary>The clock of the loop that runs the recipe.</summary>
    public static TimeProvider Clock => EventLoop.Current!.TimeProvider;

    public static string Now => $"{Clock.GetElapsedTime(0).TotalSeconds:0} s";

    public static async Task<string> GetAsync(string name, CancellationToken token = default)
    {
        await Task.Delay(TimeSpan.FromSeconds(name.Length), Clock, token);
        return $"<{name}>";
    }

    [Tamed] public static partial void Get(string name, Event<string> page);

    private static void GetBody(string name, Event<string> page)
    {
        twait(e => timer(TimeSpan.FromSeconds(name.Length), e));
        page.Trigger($"<{name}>");
    }

    public static async IAsyncEnumerable<string> GetAllAsync(string[] names)
    {
        foreach (string name in names)
            yield return await GetAsync(name);
    }
}

/// <summary>A server that is busy three times before it answers.</summary>
internal sealed partial class BusyServer
{
    private int _asked;

    public async Task<string> AskAsync()
    {
        await Task.Yield();
        return Answer();
    }

    [Tamed] public partial void Ask(Event<string> answer);

    private void AskBody(Event<string> answer)
    {
        twait(e => asap(e));
        answer.Trigger(Answer());
    }

    private string Answer() => ++_asked <= 3 ? throw new IOException("busy") : $"answer {_asked}";
}

/// <summary>A button that is pressed after two seconds, as by the user interface.</summary>
internal sealed class Button
{
    public event EventHandler? Click;

    public async Task PressLaterAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(2), Site.Clock);
        Click?.Invoke(this, EventArgs.Empty);
    }

    public bool IsWatched => Click is not null;
}

/// <summary>A library that reports the answer or the error by a callback.</summary>
internal static class CallbackClient
{
    public static void Ask(string question, Action<string> answered, Action<Exception> failed) => _ = AnswerLater(question, answered, failed);

    private static async Task AnswerLater(string question, Action<string> answered, Action<Exception> failed)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), Site.Clock);
        if (question.Length == 0)
            failed(new ArgumentException("no question"));
        else
            answered($"{question}? yes");
    }
}
