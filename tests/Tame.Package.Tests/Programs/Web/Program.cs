var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
var app = builder.Build();

// The loop has the main thread; requests come on threads of the pool and go through InvokeAsync.
EventLoop.Run(done =>
{
    var loop = EventLoop.Current!;
    app.MapGet("/hello/{name}", (string name, CancellationToken gone) => loop.InvokeAsync<string>(greeting => Greetings.Compose(name, greeting), gone));
    done.Start(_ => app.RunAsync());
});

internal static partial class Greetings
{
    [Tamed] public static partial void Compose(string name, Event<string> greeting);

    private static void ComposeBody(string name, Event<string> greeting)
    {
        string salutation, mark;
        using (twait())
        {
            Fetch("Hello", mkevent(out salutation));
            Fetch(".", mkevent(out mark));
        }
        greeting.Trigger($"{salutation}, {name}{mark}");
    }

    [Tamed] private static partial void Fetch(string word, Event<string> fetched);

    private static void FetchBody(string word, Event<string> fetched)
    {
        using (twait()) timer(TimeSpan.FromMilliseconds(10), mkevent());
        fetched.Trigger(word);
    }
}
