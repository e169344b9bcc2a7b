using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using Tame.Benchmarks;

// Measures everything, prints it as Markdown, and writes it into docs/performance.md.
var quick = args.Contains("--quick");
var only = args.SkipWhile(arg => arg != "--only").Skip(1).FirstOrDefault();
if (args.Except(["--quick", "--only", only]).Any())
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project bench/Report [-- [--quick] [--only TEXT]]
          --quick      about two minutes: to see whether something is off; the page is left as it is
          --only TEXT  what has the text in its name; the page is left as it is
        """);
    return 1;
}

var metadata = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(a => a.Key, a => a.Value!);
var (root, configuration) = (metadata["RepositoryRoot"], metadata["Configuration"]);
if (configuration != "Release")
{
    Console.Error.WriteLine("A debug build says nothing of speed: dotnet run -c Release --project bench/Report");
    return 1;
}

if (Tools.Missing() is { } missing) Console.Error.WriteLine(missing);
var folder = Directory.CreateTempSubdirectory("tame-report-").FullName;
var load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
var steps = new Steps(root, configuration, quick, folder).All().Where(step => only is null || step.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).ToList();
var (measured, grown, failed, clock) = (new List<Measurement>(), new List<Measurement>(), new List<string>(), Stopwatch.StartNew());
for (var i = 0; i < steps.Count; i++)
{
    Console.Error.WriteLine(Progress(i));
    var (numbers, error) = steps[i].Run();
    (steps[i].IsCurve ? grown : measured).AddRange(numbers);
    if (error is null) continue;
    failed.Add(steps[i].Name);
    Console.Error.WriteLine($"{steps[i].Name} failed, {error}");
}

Directory.Delete(folder, recursive: true);
var text = Markdown();
Console.WriteLine(text);
if (!quick && only is null)
{
    var page = Path.Join(root, "docs/performance.md");
    File.WriteAllText(page, Page.Replace(File.ReadAllText(page), text));
    Plots.Draw(Path.Join(root, "docs/images"), measured, grown);
}

return failed.Count == 0 ? 0 : 1;

// What is measured, the how manieth it is, and the time left, by how the steps so far took longer than they were thought to.
string Progress(int at)
{
    var slower = at == 0 ? 1 : clock.Elapsed.TotalSeconds / steps.Take(at).Sum(step => step.Seconds);
    var left = TimeSpan.FromSeconds(slower * steps.Skip(at).Sum(step => step.Seconds));
    return string.Create(CultureInfo.InvariantCulture, $"[{at + 1,2} of {steps.Count}] {steps[at].Name}; about {(int)left.TotalMinutes}:{left.Seconds:00} min left");
}

string Markdown()
{
    var table = new Table(measured);
    var text = new StringBuilder();
    text.Append(CultureInfo.InvariantCulture, $"""
        Measured on {DateTime.UtcNow:yyyy-MM-dd}, .NET {Environment.Version}, {Environment.ProcessorCount} cores ({Processor()}), in one run of {clock.Elapsed.TotalMinutes:0} minutes. The
        load average was {load} at its start: below 0.5, the machine had nothing else to do.
        {(failed.Count == 0 ? "" : $"Failed: {string.Join(", ", failed)}.")}

        """);
    text.Append('\n').Append(table.Goals(Goals.All));
    if (measured.Exists(m => m.Metric == "requests/s")) text.Append("\nThe servers side by side, as in figure 7 of the paper:\n\n").Append(table.Servers());
    if (grown.Count > 0) text.Append("\nHow costs grow with what is outstanding:\n\n").Append(Table.Growth(grown));
    return text.ToString();
}

static string Processor() => File.Exists("/proc/cpuinfo")
    ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1] ?? "unknown"
    : "unknown";
