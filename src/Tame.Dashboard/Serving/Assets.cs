using System.Text;
using Tame.Dashboards.Drawing;

namespace Tame.Dashboards.Serving;

/// <summary>The files of the page, which are resources of this assembly.</summary>
internal sealed class Assets
{
    private readonly Dictionary<string, DashboardAnswer> _byPath = [];

    public Assets(string title)
    {
        Add("/", "index.html", "text/html; charset=utf-8", text => text.Replace("{{title}}", Labels.Escape(title), StringComparison.Ordinal));
        Add("/dashboard.css", "dashboard.css", "text/css; charset=utf-8");
        foreach (string script in (ReadOnlySpan<string>)["dashboard.js", "curves.js", "graph.js"])
            Add($"/{script}", script, "text/javascript; charset=utf-8");
        Add("/icon.svg", "icon.svg", "image/svg+xml");
    }

    public DashboardAnswer? Find(string path) => _byPath.GetValueOrDefault(path);

    private void Add(string path, string name, string type, Func<string, string>? edit = null)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream($"Page/{name}") ?? throw new InvalidOperationException($"The resource {name} is missing.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        string text = reader.ReadToEnd();
        _byPath.Add(path, new DashboardAnswer(200, type, Encoding.UTF8.GetBytes(edit is null ? text : edit(text))));
    }
}
