using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Tame.Benchmarks;
using Tame.Generator.Analysis;
using Tame.Generator.Benchmarks;

// What the generator costs an editor and a build, beside what the compiler itself costs, in the same run and in turns, because machines are shared. Prints a table.
// --type PLACE [TIMES] [METHODS] types in one place only, --analyze [TIMES] [METHODS] runs the analyzer alone, both for a profiler.
// --methods 10,100 measures those sizes only, --chain 200,800 one method with so many calls in one expression, --nest 75,150 one with
// statements nested so deep. --print shows what is generated for a sample method. --warm measures builds after an edit, with the
// compiler server up. --build [TIMES] [METHODS] measures whole builds instead, in turns with one of async methods; its lines are for the report.
if (args is ["--build" or "--warm", .. var numbers])
{
    var (turns, methods) = TimesAndMethods(numbers, 3);
    return Build(turns, methods, isWarm: args[0] == "--warm");
}

if (args is ["--print"])
{
    var printed = SampleProject.Driver().RunGenerators(SampleProject.Whole(SampleProject.MethodsInFile, tamed: true)).GetRunResult();
    Console.Write(printed.GeneratedTrees[0]);
    return 0;
}

if (args is ["--type", var at, .. var rest])
{
    var (times, methods) = TimesAndMethods(rest, 200);
    return Repeat(at, new Keystroke(methods, Enum.Parse<Place>(at)), times);
}

if (args is ["--analyze", .. var amount])
{
    var (times, methods) = TimesAndMethods(amount, 5);
    return Repeat("analyzer", new Analysis(() => new SampleProject(methods), followsGenerator: false), times);
}

var chains = args is ["--chain", var calls] ? Numbers(calls) : args.Length == 0 ? [200, 400, 800, 1600] : [];
var nests = args is ["--nest", var levels] ? Numbers(levels) : args.Length == 0 ? [75, 150, 300] : [];
var sizes = args is ["--methods", var list] ? Numbers(list) : args.Length == 0 ? [10, 100, 1000] : [];
Console.WriteLine("| methods | what | generator ms | GetDiagnostics ms | ratio |");
Console.WriteLine("|---|---|---|---|---|");
foreach (var size in sizes)
{
    Report(size, "cold", new Cold(() => new SampleProject(size)));
    Report(size, "analyzer", new Analysis(() => new SampleProject(size), followsGenerator: true));
    Report(size, "analyzer alone", new Analysis(() => new SampleProject(size), followsGenerator: false));
    foreach (var place in Enum.GetValues<Place>()) Report(size, place.ToString(), new Keystroke(size, place));
}

foreach (var length in chains)
{
    Report(1, $"chain of {length}, cold", new Cold(() => SampleProject.Chain(length)));
    Report(1, $"chain of {length}, analyzer alone", new Analysis(() => SampleProject.Chain(length), followsGenerator: false));
}

foreach (var depth in nests)
{
    Report(1, $"{depth} nested try, cold", new Cold(() => SampleProject.Nest(depth, ofTry: true)));
    Report(1, $"{depth} else if, cold", new Cold(() => SampleProject.Nest(depth, ofTry: false)));
}

return 0;

static int Build(int turns, int methods, bool isWarm)
{
    using var project = new ProjectBuild(methods, isWarm);
    if (isWarm)
    {
        for (var i = 0; i < 2 * ProjectBuild.Sides.Count; i++) project.Build(ProjectBuild.Sides[i / 2]); // the server compiles itself
    }

    var taken = ProjectBuild.Sides.ToDictionary(side => side, _ => new List<double>());
    for (var i = 0; i < turns; i++)
        foreach (var side in ProjectBuild.Sides)
            taken[side].Add(project.Build(side));
    foreach (var (side, seconds) in taken) Console.WriteLine(new Measurement(isWarm ? "warmbuild" : "build", side, methods, "s", Median(seconds)));
    if (isWarm) Console.WriteLine(new Measurement("warmbuild", "tame", methods, "ms", (Median(taken["tame"]) - Median(taken["async"])) * 1000 / methods)); // a method
    return 0;
}

static int[] Numbers(string list) => [.. list.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];

static (int Times, int Methods) TimesAndMethods(string[] given, int times)
{
    int At(int index, int otherwise) => index < given.Length ? int.Parse(given[index], CultureInfo.InvariantCulture) : otherwise;
    return (At(0, times), At(1, 1000));
}

static int Repeat(string what, Measured measured, int times)
{
    measured.WarmUp();
    var taken = Enumerable.Range(0, times).Select(_ => measured.Ours()).ToList();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: median {Median(taken):0.0} ms, {taken.Min():0.0} to {taken.Max():0.0}"));
    return 0;
}

static void Report(int methods, string what, Measured measured)
{
    var count = methods <= 100 || measured is Keystroke ? 15 : 3;
    measured.WarmUp();
    var (ours, theirs) = (new List<double>(), new List<double>());
    for (var i = 0; i < count; i++)
    {
        ours.Add(measured.Ours());
        if (theirs.Count < 3) theirs.Add(measured.Theirs());
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {methods} | {what} | {Median(ours):0.0} | {Median(theirs):0.0} | {Median(ours) / Median(theirs):0.00} |"));
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
        /// <summary>The time that Tame takes, in milliseconds, on a compilation that has answered no question before.</summary>
        public abstract double Ours();

        /// <summary>Runs until the runtime compiles nothing again, so that the measured time no longer changes because of it.</summary>
        public virtual void WarmUp() => Ours();

        /// <summary>What the compiler takes for the project that <see cref="Ours"/> has just worked on, as a whole and anew.</summary>
        public abstract double Theirs();

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
    internal sealed class Cold(Func<SampleProject> make) : Measured
    {
        private SampleProject _project = null!;
        private GeneratorDriver _driver = null!;

        public override double Ours()
        {
            (_project, _driver) = (make(), SampleProject.Driver());
            return Time(() => _driver = _driver.RunGenerators(_project.Compilation));
        }

        public override double Theirs() => Diagnose(_project.Type(Place.OrdinaryBody), _driver);
    }

    /// <summary>
    /// All of our diagnostics of a project, as a build asks for them: of the files that the generator has just worked on, or, with files of another generator
    /// among them, as if it had not.
    /// </summary>
    internal sealed class Analysis(Func<SampleProject> make, bool followsGenerator) : Measured
    {
        private Compilation _whole = null!;

        public override double Ours()
        {
            SampleProject.Driver().RunGeneratorsAndUpdateCompilation(make().Compilation, out _whole, out _);
            if (!followsGenerator) _whole = _whole.AddSyntaxTrees(SampleProject.Parse("internal static class Another;", "Another.g.cs"));
            var analyzed = _whole.WithAnalyzers([new TamedAnalyzer()]);
            return Time(() =>
            {
                var reported = analyzed.GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
                if (!reported.IsEmpty) throw new InvalidOperationException($"The sample is not clean: {reported[0]}");
            });
        }

        public override double Theirs() => Time(() => _whole.Clone().GetDiagnostics());
    }

    /// <summary>What follows a keystroke, in a driver that has run before, as an editor has one.</summary>
    internal sealed class Keystroke : Measured
    {
        private readonly SampleProject _project;
        private readonly Place _place;
        private GeneratorDriver _driver;
        private Compilation _typed;

        public Keystroke(int methods, Place place)
        {
            (_project, _place) = (new SampleProject(methods), place);
            _typed = _project.Compilation;
            _driver = SampleProject.Driver().RunGenerators(_typed);
        }

        /// <summary>An editor's compiler has run for a while: all that a keystroke needs is compiled for speed, and in the caches.</summary>
        public override void WarmUp()
        {
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(3);) Ours();
        }

        public override double Ours()
        {
            _typed = _project.Type(_place);
            return Time(() => _driver = _driver.RunGenerators(_typed));
        }

        public override double Theirs() => Diagnose(_typed.Clone(), _driver);
    }
}
