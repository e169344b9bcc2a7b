namespace Cookbook;

/// <summary>Code that calls back, and code that is called by async code.</summary>
internal static partial class Callbacks
{
    #region click-async
    public static async Task<string> ClickAsync(Button button)
    {
        var clicked = new TaskCompletionSource();
        void OnClick(object? sender, EventArgs args) => clicked.TrySetResult();
        button.Click += OnClick;
        await clicked.Task;
        button.Click -= OnClick;
        return $"clicked at {Site.Now}";
    }
    #endregion

    #region click-tamed
    [Tamed] public static partial void Click(Button button, Event<string> result);

    private static void ClickBody(Button button, Event<string> result)
    {
        EventHandler onClick;
        using (twait())
        {
            onClick = mkevent().ToEventHandler();
            button.Click += onClick;
        }
        button.Click -= onClick;
        result.Trigger($"clicked at {Site.Now}");
    }
    #endregion

    #region callback-async
    public static async Task<string> AskAsync(string question)
    {
        var answered = new TaskCompletionSource<string>();
        CallbackClient.Ask(question, answer => answered.TrySetResult(answer), error => answered.TrySetException(error));
        try
        {
            return await answered.Task;
        }
        catch (ArgumentException error)
        {
            return error.Message;
        }
    }
    #endregion

    #region callback-tamed
    [Tamed] public static partial void Ask(string question, Event<string> result);

    private static void AskBody(string question, Event<string> result)
    {
        string text;
        try
        {
            twait(e => CallbackClient.Ask(question, answer => e.Trigger(answer), error => e.Fail(error)), out text);
        }
        catch (ArgumentException error)
        {
            text = error.Message;
        }
        result.Trigger(text);
    }
    #endregion

    #region invoke-async
    public static async Task<string> CallAsync(string name)
    {
        string page = await Site.GetAsync(name);
        return $"controller got {page}";
    }
    #endregion

    #region invoke-tamed
    public static async Task<string> CallTamedAsync(EventLoop loop, string name)
    {
        string page = await loop.InvokeAsync<string>(e => Site.Get(name, e));
        return $"controller got {page}";
    }
    #endregion
}
