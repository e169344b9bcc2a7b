using System.Net;
using System.Text;
using CrawlerProgram;
using Tame.IO;

namespace Tame.Samples.Tests.Crawls;

/// <summary>The crawler, on a site of a hundred pages that has faults.</summary>
public sealed partial class CrawlerTests
{
    private const int Pages = 100;
    private readonly Dictionary<string, int> _asked = [];
    private int _open;
    private int _mostOpen;

    [Theory, MemberData(nameof(Networked.Both), MemberType = typeof(Networked))]
    public void All_pages_are_fetched_within_the_limits(bool inMemory) => Networked.Run(inMemory, FetchAll);

    [Tamed] private partial void FetchAll(Event done);

    private void FetchAllBody(Event done)
    {
        var listener = Network.Current.Listen(Networked.AnyPort);
        listener.Serve(Answer, null, Event.Ignored);
        var start = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint).Port}/0");
        var crawl = new Crawl(start, new CrawlOptions { Window = 10, PerHost = 3, TimeLimit = TimeSpan.FromMilliseconds(500) });
        int progress = 0;
        twait(e => crawl.Run(now => progress = Math.Max(progress, now.Pages.Count), e));

        var pages = crawl.Pages.ToDictionary(page => page.Address.AbsolutePath);
        Assert.Equal(Pages + 3, pages.Count);
        Assert.Equal(pages.Count, progress);
        Assert.All(Enumerable.Range(0, Pages), number => Assert.Equal(200, pages[$"/{number}"].Status));
        Assert.Equal(404, pages["/missing"].Status);
        Assert.NotNull(pages["/silent"].Failure);
        Assert.NotNull(pages["/broken"].Failure);
        Assert.Equal((3, 3, 2, 1), (_asked["/silent"], _asked["/broken"], _asked["/17"], _asked["/18"]));
        Assert.Equal(3, _mostOpen);
        listener.Dispose();
        done.Trigger();
    }

    [Tamed] private partial void Answer(Connection client, Event done);

    private void AnswerBody(Connection client, Event done)
    {
        _mostOpen = Math.Max(_mostOpen, ++_open);
        try
        {
            using var reader = new Reader(client);
            twait(e => reader.ReadLine(e), out string? request);
            string path = request!.Split(' ')[1];
            int times = _asked[path] = _asked.GetValueOrDefault(path) + 1;
            twait(e => timer(TimeSpan.FromMilliseconds(1), e));
            if (path == "/silent")
                twait(e => client.Receive(new byte[1000], e), out int _);   // the headers
            while (path == "/silent")
            {
                twait(e => client.Receive(new byte[1000], e), out int count);
                if (count == 0)
                    break;
            }
            if (path != "/silent" && path != "/broken" && (path != "/17" || times == 2))
            {
                byte[] answer = Encoding.ASCII.GetBytes(AnswerTo(path));
                twait(e => client.Send(answer, e));
            }
        }
        finally
        {
            _open--;
        }
        done.Trigger();
    }

    /// <summary>Each page has links to others, and its body comes in one of three forms.</summary>
    private static string AnswerTo(string path)
    {
        if (path == "/missing")
            return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
        int number = int.Parse(path[1..], System.Globalization.CultureInfo.InvariantCulture);
        string html = $"<a href='/{(2 * number + 1) % Pages}'>a</a><A HREF=\"{(2 * number + 2) % Pages}#part\">b</a><a href='http://elsewhere.invalid/'>c</a><a href='/missing'>d</a><img src='/silent'><a href='/broken'>e</a>";
        return (number % 3) switch
        {
            0 => $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {html.Length}\r\n\r\n{html}",
            1 => $"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n7;a=b\r\n{html[..7]}\r\n{html.Length - 7:x}\r\n{html[7..]}\r\n0\r\n\r\n",
            _ => $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}",
        };
    }
}
