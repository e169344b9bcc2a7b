namespace Cookbook;

/// <summary>A recipe in two versions. Both run on a loop in virtual time, give the same result, and take the same time.</summary>
internal sealed record Recipe(Func<Task<string>> Async, Action<Event<string>> Tamed)
{
    private static readonly EventLoopOptions s_options = new() { VirtualTime = true };

    public string RunAsync() => EventLoop.Run(async () => $"{await Async()} after {Site.Now}", s_options);

    public string RunTamed() => EventLoop.Run<string>(result => Recipes.Timed(Tamed, result), s_options);
}

/// <summary>The recipes by name. docs/cookbook.md shows them.</summary>
internal static partial class Recipes
{
    private static readonly string[] s_names = ["home", "news", "map", "archive"];

    public static IReadOnlyDictionary<string, Recipe> All { get; } = new Dictionary<string, Recipe>
    {
        ["task"] = new(() => Waits.OneAsync("home"), e => Waits.One("home", e)),
        ["return"] = new(() => Waits.ShortAsync("archive"), e => Waits.Short("archive", e)),
        ["when-all"] = new(() => Waits.AllAsync(s_names), e => Waits.All(s_names, e)),
        ["when-any"] = new(() => Waits.FirstAsync(s_names), e => Waits.First(s_names, e)),
        ["when-each"] = new(() => Waits.EachAsync(["news", "map", "archive"]), e => Waits.Each(["news", "map", "archive"], e)),
        ["semaphore"] = new(() => Limits.AtMostAsync(2, s_names), e => Limits.AtMost(2, s_names, e)),
        ["time-limit"] = new(() => Limits.InTimeAsync("archive", TimeSpan.FromSeconds(5)), e => Limits.InTime("archive", TimeSpan.FromSeconds(5), e)),
        ["cancel"] = new(() => Limits.UntilAsync("archive", After(3)), e => Limits.Until("archive", e, After(3))),
        ["retry"] = new(() => Limits.AgainAsync(new BusyServer()), e => Limits.Again(new BusyServer(), e)),
        ["lock"] = new(() => Sharing.SumAsync(s_names), e => Sharing.Sum(s_names, e)),
        ["pipeline"] = new(() => Sharing.PipeAsync(s_names), e => Sharing.Pipe(s_names, e)),
        ["foreach"] = new(() => Background.ReadAsync(Site.GetAllAsync(s_names)), e => Background.Read(Site.GetAllAsync(s_names), e)),
        ["progress"] = new(() => WithProgress(report => Background.LoadAsync(s_names, new Inline(report))), e => WithProgress((report, loaded) => Background.Load(s_names, report, loaded), e)),
        ["timer"] = new(() => Background.TickAsync(3), e => Background.Tick(3, e)),
        ["compute"] = new(() => Background.ComputeAsync(1000), e => Background.Compute(1000, e)),
        ["forget"] = new(() => WithLog(Background.StartAsync), e => WithLog(Background.Start, e)),
        ["click"] = new(() => Callbacks.ClickAsync(Pressed()), e => Callbacks.Click(Pressed(), e)),
        ["callback"] = new(() => Callbacks.AskAsync("is it late"), e => Callbacks.Ask("is it late", e)),
        ["callback-fails"] = new(() => Callbacks.AskAsync(""), e => Callbacks.Ask("", e)),
        ["invoke"] = new(() => Callbacks.CallAsync("home"), e => Callbacks.CallTamedAsync(EventLoop.Current!, "home").Trigger(e)),
    };

    /// <summary>The result of the recipe, and the virtual time that it took.</summary>
    [Tamed] public static partial void Timed(Action<Event<string>> recipe, Event<string> result);

    private static void TimedBody(Action<Event<string>> recipe, Event<string> result)
    {
        twait(e => recipe(e), out string text);
        result.Trigger($"{text} after {Site.Now}");
    }

    private static CancellationToken After(int seconds) => new CancellationTokenSource(TimeSpan.FromSeconds(seconds), Site.Clock).Token;

    private static Button Pressed()
    {
        var button = new Button();
        _ = button.PressLaterAsync();
        return button;
    }

    private static async Task<string> WithProgress(Func<Action<int>, Task<string>> load)
    {
        var reports = new List<int>();
        string text = await load(reports.Add);
        return $"{text}: {string.Join(", ", reports)}";
    }

    [Tamed] private static partial void WithProgress(Action<Action<int>, Event<string>> load, Event<string> result);

    private static void WithProgressBody(Action<Action<int>, Event<string>> load, Event<string> result)
    {
        var reports = new List<int>();
        twait(e => load(reports.Add, e), out string text);
        result.Trigger($"{text}: {string.Join(", ", reports)}");
    }

    private static async Task<string> WithLog(Func<List<string>, Task<string>> start)
    {
        var log = new List<string>();
        string page = await start(log);
        return $"{string.Join(", ", log)}, {page}";
    }

    [Tamed] private static partial void WithLog(Action<List<string>, Event<string>> start, Event<string> result);

    private static void WithLogBody(Action<List<string>, Event<string>> start, Event<string> result)
    {
        var log = new List<string>();
        twait(e => start(log, e), out string page);
        result.Trigger($"{string.Join(", ", log)}, {page}");
    }

    /// <summary>Reports at once, on the thread of the caller.</summary>
    private sealed class Inline(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
