using System.Text;

namespace Knot.Http;

/// <summary>The small pages for everything that is not a file, each built once.</summary>
internal static class StatusPages
{
    private static readonly Dictionary<int, Response> s_pages = new()
    {
        [400] = Page(400, "This server could not make sense of the request."),
        [403] = Page(403, "There is something here, but it is not readable."),
        [404] = Page(404, "There is nothing at this address."),
        [405] = Page(405, "Only GET and HEAD are served here.", "Allow: GET, HEAD\r\n"),
        [408] = Page(408, "The request took too long to arrive."),
        [414] = Page(414, "The address is too long."),
        [431] = Page(431, "The request's header is too large."),
        [500] = Page(500, "The file could not be read."),
        [501] = Page(501, "This server does not know that method."),
        [505] = Page(505, "This server speaks HTTP/1.0 and HTTP/1.1."),
    };

    public static Response For(int status) => s_pages[status];

    /// <summary>A redirect to <paramref name="location"/>, which must be free of line breaks.</summary>
    public static Response MovedTo(string location) => Page(301, "This page has moved.", $"Location: {location}\r\n");

    private static Response Page(int status, string sentence, string fields = "")
    {
        byte[] body = Encoding.UTF8.GetBytes($$"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>{{status}} {{Response.Reason(status)}}</title>
            <style>:root{color-scheme:light dark}body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:18vh auto;padding:0 1.5rem}h1{font-size:1.5rem}</style>
            <h1>{{status}} {{Response.Reason(status)}}</h1>
            <p>{{sentence}}</p>
            </html>

            """);
        return new Response(status, "text/html; charset=utf-8", body.Length, fields) { Body = body };
    }
}
