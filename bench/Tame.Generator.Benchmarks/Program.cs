using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Tame.Benchmarks;
using Tame.Generator.Benchmarks;

// What the generator costs an editor and a build, beside what the compiler itself costs, in the same run and in turns, because machines are shared. Prints a table.
// --methods 10,100 measures those sizes only. --build [TIMES] [METHODS] measures whole builds instead, in turns with one of async methods; its lines are for the report.
if (args is ["--build", .. var numbers])
{
    var given = numbers.Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
    return Build(given.ElementAtOrDefault(0) is > 0 and var turns ? turns : 3, given.ElementAtOrDefault(1) is > 0 and var methods ? methods : 1000);
}

var sizes = args is ["--methods", var list] ? [.. list.Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture))] : new[] { 10, 100, 1000 };
Console.WriteLine("| methods | what | generator ms | GetDiagnostics ms | ratio |");
Console.WriteLine("|---|---|---|---|---|");
foreach (var size in sizes)
{
    Report(size, "cold", new Cold(size));
    Report(size, "analyzer", new Analysis(size));
    foreach (var place in Enum.GetValues<Place>()) Report(size, place.ToString(), new Keystroke(size, place));
}

return 0;

static int Build(int turns, int methods)
{
    using var project = new ColdBuild(methods);
    var taken = ColdBuild.Sides.ToDictionary(side => side, _ => new List<double>());
    for (var i = 0; i < turns; i++)
        foreach (var side in ColdBuild.Sides)
            taken[side].Add(project.Build(side));
    foreach (var (side, seconds) in taken) Console.WriteLine(new Measurement("build", side, methods, "s", Median(seconds)));
    return 0;
}

static void Report(int methods, string what, Measured measured)
{
    var (warmUps, count) = methods > 100 ? (1, 3) : (2, 15);
    for (var i = 0; i < warmUps; i++) measured.Round();
    var rounds = Enumerable.Range(0, count).Select(_ => measured.Round()).ToList();
    var (ours, theirs, ratio) = (Median(rounds.Select(r => r.Ours)), Median(rounds.Select(r => r.Theirs)), Median(rounds.Select(r => r.Ours / r.Theirs)));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {methods} | {what} | {ours:0.0} | {theirs:0.0} | {ratio:0.00} |"));
}

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToList();
    return sorted[sorted.Count / 2];
}

namespace Tame.Generator.Benchmarks
{
    /// <summary>Something that is measured against the compiler's own diagnostics of the same project.</summary>
    internal abstract class Measured
    {
        /// <summary>Both once, in milliseconds; each on a compilation that nobody has asked anything before.</summary>
        public abstract (double Ours, double Theirs) Round();

        protected static double Time(Action work)
        {
            GC.Collect();
            var clock = Stopwatch.StartNew();
            work();
            return clock.Elapsed.TotalMilliseconds;
        }

        /// <summary>As an editor does after a keystroke: the project with what was generated, bound as a whole.</summary>
        protected static double Diagnose(Compilation compilation, GeneratorDriver driver)
        {
            var whole = compilation.AddSyntaxTrees(driver.GetRunResult().GeneratedTrees);
            return Time(() =>
            {
                if (whole.GetDiagnostics().FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } error) throw new InvalidOperationException($"The sample does not compile: {error}");
            });
        }
    }

    /// <summary>A first run, as in a build.</summary>
    internal sealed class Cold(int methods) : Measured
    {
        public override (double Ours, double Theirs) Round()
        {
            var project = new SampleProject(methods);
            var driver = SampleProject.Driver();
            var ours = Time(() => driver = driver.RunGenerators(project.Compilation));
            return (ours, Diagnose(project.Type(Place.OrdinaryBody), driver));
        }
    }

    /// <summary>All of our diagnostics of a project, as a build asks for them.</summary>
    internal sealed class Analysis(int methods) : Measured
    {
        public override (double Ours, double Theirs) Round()
        {
            var project = new SampleProject(methods);
            SampleProject.Driver().RunGeneratorsAndUpdateCompilation(project.Compilation, out var whole, out _);
            var analyzed = whole.WithAnalyzers([new TamedAnalyzer()]);
            var ours = Time(() =>
            {
                var reported = analyzed.GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
                if (!reported.IsEmpty) throw new InvalidOperationException($"The sample is not clean: {reported[0]}");
            });
            return (ours, Time(() => whole.Clone().GetDiagnostics()));
        }
    }

    /// <summary>What follows a keystroke, in a driver that has run before, as an editor has one.</summary>
    internal sealed class Keystroke : Measured
    {
        private readonly SampleProject _project;
        private readonly Place _place;
        private GeneratorDriver _driver;

        public Keystroke(int methods, Place place)
        {
            (_project, _place) = (new SampleProject(methods), place);
            _driver = SampleProject.Driver().RunGenerators(_project.Compilation);
        }

        public override (double Ours, double Theirs) Round()
        {
            var typed = _project.Type(_place);
            var ours = Time(() => _driver = _driver.RunGenerators(typed));
            return (ours, Diagnose(typed.Clone(), _driver));
        }
    }
}
