// A crawler of a local site. It shows a window of fetches by a rendezvous, limits for each host by semaphores, retries and time limits, and a small HTTP client on Tame.IO.
//
//   dotnet run --project samples/Crawler -- http://localhost:8080/
using CrawlerProgram;
using Spectre.Console;

if (args is not [var text] || !Uri.TryCreate(text, UriKind.Absolute, out var start) || start.Scheme != "http")
{
    Console.Error.WriteLine("usage: crawler http://HOST:PORT/");
    return 1;
}

var crawl = new Crawl(start, new CrawlOptions());
AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn()).Start(console =>
{
    var bar = console.AddTask("pages", maxValue: 1);
    EventLoop.Run(done => crawl.Run(
        now =>
        {
            bar.MaxValue = now.Known;
            bar.Value = now.Pages.Count;
            bar.Description = $"{now.Pages.Count} of {now.Known} pages";
        },
        done));
});

var bad = crawl.Pages.Where(page => page.Status != 200).ToList();
foreach (var page in bad)
    AnsiConsole.WriteLine($"{page.Address}: {page.Failure ?? $"{page.Status}"}");
AnsiConsole.WriteLine($"{crawl.Pages.Count} pages, {crawl.Pages.Sum(page => page.Bytes)} bytes, {bad.Count} bad");
return bad.Count == 0 ? 0 : 2;
