using System.Globalization;
using System.Text;
using Knot.Http;
using Tame.Http;

namespace Haboob;

/// <summary>The answers to requests that a stage refused: 503, and when to try again. On the loop's thread.</summary>
internal sealed class Busy
{
    private readonly Dictionary<int, PreparedResponse> _pages = [];

    /// <summary>The page for a time, which HTTP gives in whole seconds.</summary>
    public PreparedResponse For(TimeSpan retryAfter)
    {
        int seconds = (int)Math.Clamp(Math.Ceiling(retryAfter.TotalSeconds), 1, 3600);
        if (_pages.TryGetValue(seconds, out var page))
            return page;
        string text = seconds.ToString(CultureInfo.InvariantCulture);
        page = new PreparedResponse(503, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(StatusPages.Html("503 Service Unavailable", $"<p>The server is busy. Try again in {text} s.</p>")),
            new KeyValuePair<string, string>("Retry-After", text));
        _pages.Add(seconds, page);
        return page;
    }
}
