using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Tame.Benchmarks;

// Measures everything, prints it as Markdown, and writes it into docs/performance.md.
var quick = args.Contains("--quick");
var (only, from) = (Option("--only"), Option("--from"));
if (args.Except(["--quick", "--only", "--from", only, from]).Any())
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project bench/Report [-- OPTION]
          --quick      about two minutes: to see whether something is off; the page is left as it is
          --only TEXT  what has the text in its name; the page is left as it is
          --from FILE  measures nothing, and writes the page from the numbers of an earlier run
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

var run = from is null ? Measure() : Run.Read(from);
var text = run.Markdown();
Console.WriteLine(text);
if (from is not null || (!quick && only is null))
{
    var page = Path.Join(root, "docs/performance.md");
    File.WriteAllText(page, Page.Replace(File.ReadAllText(page), text));
    Plots.Draw(Path.Join(root, "docs/images"), run.Measured);
}

return run.Failed == "" ? 0 : 1;

string? Option(string name) => args.SkipWhile(arg => arg != name).Skip(1).FirstOrDefault();

Run Measure()
{
    if (Tools.Missing() is { } missing) Console.Error.WriteLine(missing);
    var folder = Directory.CreateTempSubdirectory("tame-report-").FullName;
    var steps = new Steps(root, configuration, quick, folder).All().Where(step => only is null || step.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).ToList();
    var (measured, failed, circumstances, clock) = (new List<Measurement>(), new List<string>(), Run.Now(), Stopwatch.StartNew());
    for (var i = 0; i < steps.Count; i++)
    {
        Console.Error.WriteLine(Progress(steps, i, clock.Elapsed.TotalSeconds));
        var (numbers, error) = steps[i].Run();
        measured.AddRange(numbers);
        if (error is null) continue;
        failed.Add(steps[i].Name);
        Console.Error.WriteLine($"{steps[i].Name} failed, {error}");
    }

    Directory.Delete(folder, recursive: true);
    var run = new Run(measured, circumstances, string.Join(", ", failed));
    Console.Error.WriteLine($"The numbers are in {run.Write(Path.Join(root, "artifacts", quick || only is not null ? "report-part.tsv" : "report.tsv"))}.");
    return run;
}

// What is measured, the how manieth it is, and the time left, by how the steps so far took longer than they were thought to.
static string Progress(List<Step> steps, int at, double elapsed)
{
    var slower = at == 0 ? 1 : elapsed / steps.Take(at).Sum(step => step.Seconds);
    var left = TimeSpan.FromSeconds(slower * steps.Skip(at).Sum(step => step.Seconds));
    return string.Create(CultureInfo.InvariantCulture, $"[{at + 1,2} of {steps.Count}] {steps[at].Name}; about {(int)left.TotalMinutes}:{left.Seconds:00} min left");
}
