using System.Globalization;
using System.Text;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator;
using Tame.Generator.Binding.Pair;
using Tame.Language.Tests.Differential.Support;

namespace Tame.Language.Tests.Differential;

/// <summary>Compiles many programs at once, each with its async twin, and runs both sides of each.</summary>
internal sealed class Batch
{
    private const string GlobalUsings = """
        global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading.Tasks;
        global using System.Runtime.CompilerServices;
        global using Tame; global using static Tame.Primitives; global using Tame.Language.Tests.Differential.Support; global using Resource = Tame.Language.Tests.Differential.Support.Resource;
        """;

    /// <summary>The extension members that programs use; the compiler here cannot read those of an assembly that a newer one compiled.</summary>
    private const string Extensions = """
        namespace Tame.Language.Tests.Differential.Support;
        public static class Blocks
        {
            extension(int n)
            {
                public int Twice => n * 2;
                public int Plus(int more) => n + more;
                public static int Answer => 42;
            }
            extension(string s)
            {
                public int Half => s.Length / 2;
            }
            extension(ref Pair p)
            {
                public int Raise(int by) => p.A += by;
            }
            extension<T>(List<T> l)
            {
                public int Items => l.Count;
                public void Twice(T item) { l.Add(item); l.Add(item); }
            }
            extension(World t)
            {
                public int Total { get => t.Get(0, 1); set => t.Add(0, value); }
            }
        }
        """;

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Preview);

    private static readonly CSharpCompilation s_empty = WithReferencesBound(CSharpCompilation.Create(
        "Programs",
        [Tree(GlobalUsings, "GlobalUsings.cs"), Tree(Extensions, "Extensions.cs")],
        [.. Net100.References.All, .. new[] { typeof(TamedAttribute), typeof(World) }.Select(t => MetadataReference.CreateFromFile(t.Assembly.Location))],
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            warningLevel: 0,
            nullableContextOptions: NullableContextOptions.Disable,
            allowUnsafe: true,
            concurrentBuild: false)));

    private readonly Verdict?[] _verdicts;
    private readonly List<SyntaxTree>[] _trees;
    private readonly Func<string, string>? _tamper;

    private Batch(IReadOnlyList<string> programs, Func<string, string>? tamper)
    {
        _tamper = tamper;
        _verdicts = new Verdict?[programs.Count];
        _trees = [.. programs.Select((program, i) => new List<SyntaxTree>
        {
            Tree($"namespace P{i}.Tamed;\n{program}", PathOf(i, "tamed")),
            Tree($"namespace P{i}.Awaited;\n{AwaitSide.Of(program)}", PathOf(i, "awaited")),
        })];
    }

    /// <summary>Compares both sides of each program.</summary>
    /// <param name="programs">Each a class <c>Program</c> with a tamed method <c>Main(World t, Event done)</c>.</param>
    /// <param name="tamper">What is done to the generated text first; tests break it so.</param>
    public static IReadOnlyList<Verdict> Compare(IReadOnlyList<string> programs, Func<string, string>? tamper = null)
    {
        if (programs.Count == 0)
            return [];
        var batch = new Batch(programs, tamper);
        try
        {
            batch.Generate();
            if (batch.Emit() is { } image)
                Sides.Run(image, batch._verdicts);
        }
        catch (Exception error)
        {
            return CompareHalves(programs, tamper, error);
        }
        return batch._verdicts!;
    }

    /// <summary>Both sides of programs as one compilation, without what is generated, and with warnings on.</summary>
    public static CSharpCompilation Compilation(IReadOnlyList<string> programs)
    {
        var all = new Batch(programs, tamper: null).Compilation();
        return all.WithOptions(all.Options.WithWarningLevel(4));
    }

    /// <summary>What the generator writes for programs, which are neither compiled nor run.</summary>
    public static IReadOnlyList<string> Generated(IReadOnlyList<string> programs)
    {
        var texts = new List<string>();
        new Batch(programs, text =>
        {
            texts.Add(text);
            return text;
        }).Generate();
        return texts;
    }

    public static Verdict Compare(string program, Func<string, string>? tamper = null) => Compare([program], tamper)[0];

    /// <summary>The generator or the compiler threw, and so there is nothing for any program: looks for the one that it threw at.</summary>
    private static IReadOnlyList<Verdict> CompareHalves(IReadOnlyList<string> programs, Func<string, string>? tamper, Exception error)
    {
        if (programs.Count == 1)
        {
            var (outcome, thrown) = ThrownAtAwaitSide(programs[0]) is { } ofCompiler ? (Outcome.Incomparable, ofCompiler) : (Outcome.Throws, error);
            return [new Verdict(outcome, $"{thrown.GetType().Name}: {string.Join('\n', thrown.ToString().Split('\n').Take(12))}")];
        }
        int half = programs.Count / 2;
        return [.. Compare([.. programs.Take(half)], tamper), .. Compare([.. programs.Skip(half)], tamper)];
    }

    /// <summary>What the compiler throws at the await side of a program, where nothing of ours is in the compilation.</summary>
    private static Exception? ThrownAtAwaitSide(string program)
    {
        var awaited = Tree($"namespace P0.Awaited;\n{AwaitSide.Of(program)}", PathOf(0, "awaited"));
        try
        {
            using var image = new MemoryStream();
            s_empty.AddSyntaxTrees(awaited).Emit(image);
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    /// <summary>Runs the generator and adds what it wrote to each program's trees.</summary>
    private void Generate()
    {
        var driver = CSharpGeneratorDriver.Create([new TamedGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGenerators(Compilation());
        var result = driver.GetRunResult().Results.Single();
        if (result.Exception is { } exception)
            throw new InvalidOperationException("The generator threw.", exception);
        foreach (var file in result.GeneratedSources)
        {
            int program = int.Parse(file.HintName[1..file.HintName.IndexOf('.', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
            string text = file.SourceText.ToString();
            _trees[program].Add(Tree(_tamper?.Invoke(text) ?? text, PathOf(program, "generated")));
        }
    }

    /// <summary>The assembly of all programs that compile; what does not gets its verdict. Null where none compiles.</summary>
    private byte[]? Emit()
    {
        while (_verdicts.Contains(null))
        {
            var compilation = Compilation();
            using var image = new MemoryStream();
            var emitted = compilation.Emit(image);
            if (emitted.Success)
                return image.ToArray();
            var errors = emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToLookup(d => d.Location.SourceTree?.FilePath);
            for (int i = 0; i < _trees.Length; i++)
                _verdicts[i] ??= Judge(i, errors, compilation);
        }
        return null;
    }

    private Verdict? Judge(int program, ILookup<string?, Diagnostic> errors, Compilation compilation)
    {
        if (errors[PathOf(program, "awaited")].FirstOrDefault() is { } awaited)
            return new Verdict(Outcome.Invalid, Say(awaited));
        var tamed = errors[PathOf(program, "tamed")].ToList();
        if (tamed.Find(d => d.Id != "CS8795") is { } written)
            return new Verdict(Outcome.Invalid, Say(written));
        if (tamed.Count != 0 || errors[PathOf(program, "generated")].Any(d => d.Id == "CS0619"))
            return new Verdict(Outcome.Refused, Refusals.Of($"P{program}.Tamed.Program", compilation.RemoveSyntaxTrees(compilation.SyntaxTrees.Where(tree => tree.FilePath == PathOf(program, "generated")))));
        return errors[PathOf(program, "generated")].FirstOrDefault() is { } generated ? new Verdict(Outcome.Miscompiled, Say(generated)) : null;
    }

    private CSharpCompilation Compilation() => s_empty.AddSyntaxTrees(_trees.Where((_, i) => _verdicts[i] is null).SelectMany(trees => trees));

    /// <summary>What is bound here is shared by all compilations that are made of this one.</summary>
    private static CSharpCompilation WithReferencesBound(CSharpCompilation compilation)
    {
        _ = compilation.GetTypeByMetadataName("System.Object");
        return compilation;
    }

    /// <summary>A diagnostic and the line that it is about.</summary>
    public static string Say(Diagnostic diagnostic)
    {
        var line = diagnostic.Location.SourceTree!.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line];
        return $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)} in: {line.ToString().Trim()}";
    }

    /// <summary>The number of the program that a place is in; null in its twin and in what is generated.</summary>
    public static int? ProgramOf(Location location) => location.SourceTree?.FilePath is { } path && path.EndsWith(".tamed.cs", StringComparison.Ordinal)
        ? int.Parse(path[..path.IndexOf('.', StringComparison.Ordinal)], CultureInfo.InvariantCulture)
        : null;

    private static string PathOf(int program, string side) => $"{program}.{side}.cs";

    private static SyntaxTree Tree(string text, string path) => CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), ParseOptions, path);
}
