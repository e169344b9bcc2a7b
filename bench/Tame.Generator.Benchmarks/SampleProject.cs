using System.Text;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Tame.Generator.Benchmarks;

/// <summary>A project with a number of tamed methods, ten in a file with as many ordinary ones, and ways to type in it.</summary>
internal sealed class SampleProject
{
    private const int MethodsInFile = 10;
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

    private readonly SyntaxTree _file;
    private int _keystrokes;

    public SampleProject(int methods)
    {
        var files = Enumerable.Range(0, methods / MethodsInFile).Select(file => Parse(Text(file), $"File{file}.cs")).ToList();
        _file = files[0];
        Compilation = s_empty.AddSyntaxTrees([Parse(Usings, "Usings.cs"), .. files]);
    }

    public CSharpCompilation Compilation { get; }

    /// <summary>A driver that has not run yet.</summary>
    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create([new TamedGenerator().AsSourceGenerator()], parseOptions: s_parseOptions);

    /// <summary>The project after a keystroke that nobody has made before: a new version of one file, all others as they were.</summary>
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

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), s_parseOptions, path);

    private static string Text(int file) => $$"""
        namespace Sample;

        // a comment
        public static partial class Class{{file}}
        {
        {{string.Concat(Enumerable.Range(0, MethodsInFile).Select(i => Method.Replace("_N_", $"{file}_{i}", StringComparison.Ordinal)))}}
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
