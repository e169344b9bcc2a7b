using System.Text;
using Tame.Http;

namespace Knot.Http;

/// <summary>The small pages for everything that is not a file, each built once.</summary>
internal static class StatusPages
{
    private static readonly Dictionary<int, PreparedResponse> s_pages = new()
    {
        [400] = Page(400, "Bad Request", "This server could not make sense of the request."),
        [403] = Page(403, "Forbidden", "There is something here, but it is not readable."),
        [404] = Page(404, "Not Found", "There is nothing at this address."),
        [405] = Page(405, "Method Not Allowed", "Only GET and HEAD are served here.", new KeyValuePair<string, string>("Allow", "GET, HEAD")),
        [406] = Page(406, "Not Acceptable", "The file does not exist in an encoding that the request accepts."),
        [408] = Page(408, "Request Timeout", "The request took too long to arrive."),
        [412] = Page(412, "Precondition Failed", "The file is not the one that the request expects."),
        [413] = Page(413, "Content Too Large", "The body of the request is too large."),
        [414] = Page(414, "URI Too Long", "The address is too long."),
        [417] = Page(417, "Expectation Failed", "This server does not do what the request expects."),
        [431] = Page(431, "Request Header Fields Too Large", "The request's header is too large."),
        [500] = Page(500, "Internal Server Error", "The file could not be read."),
        [501] = Page(501, "Not Implemented", "This server does not know that method."),
        [505] = Page(505, "HTTP Version Not Supported", "This server speaks HTTP/1.0 and HTTP/1.1."),
    };

    public static PreparedResponse For(int status) => s_pages.TryGetValue(status, out var page) ? page : s_pages[status < 500 ? 400 : 500];

    /// <summary>A redirect to <paramref name="location"/>, which must be free of line breaks.</summary>
    public static PreparedResponse MovedTo(string location) => Page(301, "Moved Permanently", "This page has moved.", new KeyValuePair<string, string>("Location", location));

    /// <summary>No range of the request lies within a file of the given length.</summary>
    public static PreparedResponse NotWithin(long length) =>
        Page(416, "Range Not Satisfiable", "The file has no such part.", new KeyValuePair<string, string>("Content-Range", FormattableString.Invariant($"bytes */{length}")));

    private static PreparedResponse Page(int status, string reason, string sentence, params ReadOnlySpan<KeyValuePair<string, string>> fields) =>
        new(status, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(Html($"{status} {reason}", $"<p>{sentence}</p>")), fields);

    /// <summary>A page with a heading. The arguments must not contain unintended markup.</summary>
    public static string Html(string title, string content) => $$"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>{{title}}</title>
        <style>:root{color-scheme:light dark}body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:18vh auto;padding:0 1.5rem}h1{font-size:1.5rem}</style>
        <h1>{{title}}</h1>
        {{content}}
        </html>

        """;
}
