using System.Diagnostics;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Tame.Report;

/// <summary>What MSBuild would give to the compiler for a project: it builds up to there, and says the command line.</summary>
internal sealed class BuiltProject
{
    private readonly string _folder;
    private readonly string[] _arguments;

    private BuiltProject(string folder, string compilerFolder, string[] arguments) => (_folder, CompilerFolder, _arguments) = (folder, compilerFolder, arguments);

    /// <summary>Where the SDK has its compiler.</summary>
    public string CompilerFolder { get; }

    /// <summary>Builds the project, for the compiler needs what it refers to, and asks for its command line.</summary>
    /// <exception cref="InvalidOperationException">The build failed; the message is what it printed.</exception>
    public static BuiltProject Read(string project, string configuration)
    {
        Build("build", project, "-nologo", "-v:quiet", "-c", configuration);
        var output = Build(
            "msbuild", project, "-nologo", "-t:ResolveReferences;CoreCompile", $"-p:Configuration={configuration}", "-p:BuildProjectReferences=false", "-p:SkipCompilerExecution=true",
            "-p:ProvideCommandLineArgs=true", "-p:NonExistentFile=__none__", "-getItem:CscCommandLineArgs", "-getProperty:RoslynTargetsPath");
        using var json = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]);
        var given = json.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!).ToArray();
        if (given.Length == 0) throw new InvalidOperationException("MSBuild did not say what it would compile.");
        var targets = json.RootElement.GetProperty("Properties").GetProperty("RoslynTargetsPath").GetString()!;
        return new BuiltProject(Path.GetDirectoryName(project)!, Path.Combine(targets, "bincore"), given);
    }

    private static string Build(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var build = Process.Start(start)!;
        var output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        return build.ExitCode == 0 ? output : throw new InvalidOperationException($"The project could not be read:\n{output}");
    }

    public CSharpCompilation Compile()
    {
        var parsed = CSharpCommandLineParser.Default.Parse(_arguments, _folder, sdkDirectory: null);
        var trees = parsed.SourceFiles.Select(file =>
        {
            using var text = File.OpenRead(file.Path);
            return CSharpSyntaxTree.ParseText(SourceText.From(text), parsed.ParseOptions, file.Path);
        });
        var references = parsed.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(Path.Combine(_folder, reference.Reference), reference.Properties));
        return CSharpCompilation.Create(parsed.CompilationName, trees, references, parsed.CompilationOptions);
    }
}
