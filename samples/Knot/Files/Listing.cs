using System.Net;
using System.Text;
using Knot.Http;
using Tame.Http;

namespace Knot.Files;

/// <summary>The page of a directory without an index, if that is enabled.</summary>
internal static class Listing
{
    private const int Most = 10_000;

    /// <summary>Lists the files and directories that clients can request: nothing hidden, and no link that leads outside.</summary>
    public static PreparedResponse Of(string directory, string path, string root)
    {
        var entries = new DirectoryInfo(directory).EnumerateFileSystemInfos()
            .Where(entry => !entry.Name.StartsWith('.') && (entry.LinkTarget is null || (RealPath.Resolve(entry.FullName) is { } real && RealPath.IsInside(real, root))))
            .Take(Most)
            .Select(entry => Directory.Exists(entry.FullName) ? entry.Name + "/" : entry.Name)
            .Order(StringComparer.Ordinal);
        var list = new StringBuilder("<ul>\n");
        if (path != "/")
            list.Append("<li><a href=\"../\">../</a>\n");
        foreach (string name in entries)
        {
            string link = Uri.EscapeDataString(name.TrimEnd('/')) + (name.EndsWith('/') ? "/" : "");
            list.Append(System.Globalization.CultureInfo.InvariantCulture, $"<li><a href=\"./{link}\">{WebUtility.HtmlEncode(name)}</a>\n");
        }
        list.Append("</ul>");
        return new PreparedResponse(200, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(StatusPages.Html(WebUtility.HtmlEncode(path), list.ToString())), new KeyValuePair<string, string>("Cache-Control", "no-cache"));
    }
}
