using System.Globalization;
using System.Text;

namespace Tame.Benchmarks;

/// <summary>The numbers of one run, when and where they were taken, and what could not be measured.</summary>
internal sealed record Run(IReadOnlyList<Measurement> Measured, string Circumstances, string Failed)
{
    private const string CircumstancesMark = "# ", FailedMark = "! ";

    /// <summary>Where this process runs, and what else does.</summary>
    public static string Now() => string.Create(
        CultureInfo.InvariantCulture,
        $"Measured on {DateTime.UtcNow:yyyy-MM-dd}, .NET {Environment.Version}, {Environment.ProcessorCount} cores ({Processor()}). The load average was {Load()} at the start; near 0, the machine has nothing else to do.");

    public string Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, [CircumstancesMark + Circumstances, FailedMark + Failed, .. Measured.Select(m => m.ToString())]);
        return file;
    }

    public static Run Read(string file)
    {
        var lines = File.ReadAllLines(file);
        string Marked(string mark) => lines.FirstOrDefault(line => line.StartsWith(mark, StringComparison.Ordinal))?[mark.Length..] ?? "";
        return new Run([.. lines.Select(Measurement.Parse).OfType<Measurement>()], Marked(CircumstancesMark), Marked(FailedMark));
    }

    public string Markdown()
    {
        var table = new Table(Measured);
        var text = new StringBuilder(Circumstances).Append('\n');
        if (Failed != "") text.Append(CultureInfo.InvariantCulture, $"Failed, at least in part: {Failed}.\n");
        Append(text, "", table.Goals(Goals.All));
        Append(text, "The servers side by side, in the form of figure 7 of the paper:", table.Servers(), Picture("knot-throughput", "requests a second against connections"));
        Append(text, "How costs grow with the number of outstanding waits:", table.Growth(), Picture("event-cost", "the cost of a wait against waits outstanding"));
        return text.ToString();
    }

    /// <summary>A plot for light pages and for dark ones.</summary>
    private static string Picture(string name, string alternative) =>
        $"<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"images/{name}-dark.svg\"><img alt=\"{alternative}\" src=\"images/{name}-light.svg\"></picture>";

    private static void Append(StringBuilder text, string title, string table, string picture = "")
    {
        if (table == "") return;
        text.Append('\n');
        if (title != "") text.Append(title).Append("\n\n");
        text.Append(table);
        if (picture != "") text.Append('\n').Append(picture).Append('\n');
    }

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1] ?? "unknown"
        : "unknown";
}
