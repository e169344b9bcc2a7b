using Tame.Benchmarks;

namespace Tame.Comparison.Results;

/// <summary>The page with the results of a run, and its pictures.</summary>
internal static class ReportPage
{
    /// <summary>Writes <c>servers.md</c>, with the words around the results as they stand in docs, and the pictures into <c>images</c> beside it.</summary>
    public static void Write(Findings findings, string folder, string repository)
    {
        Directory.CreateDirectory(folder);
        string words = File.ReadAllText(Path.Join(repository, "docs/servers.md"));
        File.WriteAllText(Path.Join(folder, "servers.md"), Page.Replace(words, new ReportText(findings).Markdown()));
        Pictures.Draw(Path.Join(folder, "images"), findings);
    }
}
