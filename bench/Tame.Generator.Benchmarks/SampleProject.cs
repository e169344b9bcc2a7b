using System.Text;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Tame.Generator.Benchmarks;

/// <summary>A project with a number of tamed methods, ten in a file with as many ordinary ones, and ways to type in it.</summary>
internal sealed class SampleProject
{
    public const int MethodsInFile = 10;
    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.Preview);

    private static readonly CSharpCompilation s_empty = CSharpCompilation.Create(
        "Sample",
        references: [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(TamedAttribute).Assembly.Location)],
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using Tame;
        global using static Tame.Primitives;
        """;

    /// <summary>What a typed method looks like: a window, a timeout, a loop, a handler; the kinds of statement that a server is made of.</summary>
    private const string Method = """

                [Tamed] public static partial void Fetch_N_(IReadOnlyList<string> names, int window, Event<int> done);

                private static void Fetch_N_Body(IReadOnlyList<string> names, int window, Event<int> done)
                {
                    var (next, total, found) = (0, 0, new Dictionary<string, int>());
                    using var outstanding = new Rendezvous<int>();
                    var lengths = new int[names.Count];
                    while (next < names.Count || outstanding.Waiting + outstanding.Ready > 0)
                    {
                        if (next < names.Count && outstanding.Waiting < window)
                        {
                            Measure_N_(names[next], mkevent(outstanding, next, out lengths[next]));
                            next++;
                            continue;
                        }

                        twait(outstanding, out int index, out Exception? error);
                        if (error is not null) continue;
                        found[names[index]] = lengths[index];
                        total += lengths[index];
                    }

                    try
                    {
                        using (twait()) timer(TimeSpan.FromMilliseconds(total), mkevent());
                    }
                    catch (OperationCanceledException) when (total > 0)
                    {
                        total = -total;
                    }

                    done.Trigger(total + found.Count);
                }

                private static void Measure_N_(string name, Event<int> done)
                {
                    var length = 0;
                    foreach (var c in name) length += char.IsLetter(c) ? 1 : 2;
                    if (!done.Trigger(length)) Console.WriteLine($"Nobody waits for {name}.");
                }

        """;

    /// <summary>The same by async methods, as a project without Tame would have it.</summary>
    private const string AsyncMethod = """

                public static async Task<int> Fetch_N_(IReadOnlyList<string> names, int window)
                {
                    var (next, total, found) = (0, 0, new Dictionary<string, int>());
                    var outstanding = new List<Task<(int Index, int Length)>>();
                    while (next < names.Count || outstanding.Count > 0)
                    {
                        if (next < names.Count && outstanding.Count < window)
                        {
                            outstanding.Add(Measure_N_(next, names[next]));
                            next++;
                            continue;
                        }

                        var first = await Task.WhenAny(outstanding);
                        outstanding.Remove(first);
                        if (first.IsFaulted) continue;
                        var (index, length) = await first;
                        found[names[index]] = length;
                        total += length;
                    }

                    try
                    {
                        await Task.Delay(TimeSpan.FromMilliseconds(total));
                    }
                    catch (OperationCanceledException) when (total > 0)
                    {
                        total = -total;
                    }

                    return total + found.Count;
                }

                private static Task<(int Index, int Length)> Measure_N_(int index, string name)
                {
                    var length = 0;
                    foreach (var c in name) length += char.IsLetter(c) ? 1 : 2;
                    return Task.FromResult((index, length));
                }

        """;

    /// <summary>A builder that is called in one long expression, as queries and configurations are, and a method that waits around it.</summary>
    private const string Chained = """
        namespace Sample;

        public sealed class Builder
        {
            public int Length { get; private set; }

            public Builder Add(int number)
            {
                var length = 0;
                Length += number + length;
                return this;
            }
        }

        public static partial class Chains
        {
            [Tamed] public static partial void Build(int number, Event<int> done);

            private static void BuildBody(int number, Event<int> done)
            {
                using (twait()) asap(mkevent());
                var built = new Builder()_CALLS_;
                using (twait()) asap(mkevent());
                done.Trigger(built.Length);
            }
        }
        """;

    /// <summary>A method whose statements are nested, with a wait at each level.</summary>
    private const string Nested = """
        namespace Sample;

        public static partial class Nests
        {
            [Tamed] public static partial void Run(int number, Event<int> done);

            private static void RunBody(int number, Event<int> done)
            {
        _BODY_
                done.Trigger(number);
            }
        }
        """;

    private readonly SyntaxTree _file;
    private int _keystrokes;

    public SampleProject(int methods)
        : this(Enumerable.Range(0, methods / MethodsInFile).Select(file => Parse(Text(file), $"File{file}.cs")).ToList())
    {
    }

    private SampleProject(List<SyntaxTree> files)
    {
        _file = files[0];
        Compilation = s_empty.AddSyntaxTrees([Parse(Usings, "Usings.cs"), .. files]);
    }

    public CSharpCompilation Compilation { get; }

    /// <summary>A project of one method with so many calls in one expression.</summary>
    public static SampleProject Chain(int calls) =>
        new([Parse(Chained.Replace("_CALLS_", string.Concat(Enumerable.Repeat("\n            .Add(number)", calls)), StringComparison.Ordinal), "Chain.cs")]);

    /// <summary>A project of one method with statements nested so deep: a <c>try</c> in each <c>try</c>, or an <c>if</c> in each <c>else</c>.</summary>
    public static SampleProject Nest(int levels, bool ofTry)
    {
        const string Wait = "using (twait()) asap(mkevent());\n";
        var open = ofTry ? "try {\n" + Wait : "if (number == 1) { number++; " + Wait + "} else ";
        var body = string.Concat(Enumerable.Repeat(open, levels)) + Wait + (ofTry ? string.Concat(Enumerable.Repeat("} finally { number++; }\n", levels)) : "");
        return new([Parse(Nested.Replace("_BODY_", body, StringComparison.Ordinal), "Nest.cs")]);
    }

    /// <summary>A driver that has not run yet.</summary>
    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create([new TamedGenerator().AsSourceGenerator()], parseOptions: s_parseOptions);

    /// <summary>The project after a new keystroke: one file has a new version, and all others are unchanged.</summary>
    public CSharpCompilation Type(Place place)
    {
        var number = ++_keystrokes;
        var text = _file.GetText();
        var (before, typed) = place switch
        {
            Place.OrdinaryBody => ("var length = 0;", $"var length = {number};"),
            Place.LineAbove => ("var length = 0;", string.Concat(Enumerable.Repeat("\n", number % 100 + 1)) + "var length = 0;"),
            Place.Comment => ("// a comment", $"// a comment {number}"),
            Place.TamedBody => ("done.Trigger(total + found.Count);", $"done.Trigger(total + found.Count + {number});"),
            Place.Declaration => ("int window, Event<int> done);", $"int window = {number}, Event<int> done = default);"),
            _ => throw new ArgumentOutOfRangeException(nameof(place)),
        };
        var at = text.ToString().IndexOf(before, StringComparison.Ordinal);
        var edited = text.WithChanges(new TextChange(new TextSpan(at, before.Length), typed));
        return Compilation.ReplaceSyntaxTree(_file, _file.WithChangedText(edited));
    }

    /// <summary>The files of such a project, by tamed or by async methods.</summary>
    public static IEnumerable<(string Name, string Text)> Sources(int methods, bool tamed) =>
        Enumerable.Range(0, methods / MethodsInFile).Select(file => ($"File{file}.cs", Text(file, tamed ? Method : AsyncMethod)))
            .Append(("Usings.cs", tamed ? Usings : "global using System;\nglobal using System.Collections.Generic;\nglobal using System.Threading.Tasks;\n"));

    /// <summary>The same parsed anew, as one compilation.</summary>
    public static CSharpCompilation Whole(int methods, bool tamed) =>
        s_empty.AddSyntaxTrees(Sources(methods, tamed).Select(source => Parse(source.Text, source.Name)));

    public static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), s_parseOptions, path);

    private static string Text(int file, string method = Method) => $$"""
        namespace Sample;

        // a comment
        public static partial class Class{{file}}
        {
        {{string.Concat(Enumerable.Range(0, MethodsInFile).Select(i => method.Replace("_N_", $"{file}_{i}", StringComparison.Ordinal)))}}
        }
        """;
}

/// <summary>Where a keystroke goes.</summary>
public enum Place
{
    /// <summary>A letter in the body of an ordinary method.</summary>
    OrdinaryBody,

    /// <summary>Lines in an ordinary body, above nine tamed methods.</summary>
    LineAbove,

    /// <summary>A letter in a comment outside all methods.</summary>
    Comment,
    TamedBody,
    Declaration,
}
