using System.CommandLine;
using System.Runtime.CompilerServices;
using Tame.Report;

var project = new Argument<FileInfo>("project") { Description = "The project file. It is built first." };
var configuration = new Option<string>("--configuration", "-c") { Description = "The configuration to build.", DefaultValueFactory = _ => "Debug" };
var graph = new Option<string?>("--graph") { Description = "Print the graph of calls instead of the table: dot, mermaid or svg." };
graph.AcceptOnlyFromAmong("dot", "mermaid", "svg");
var root = new RootCommand("Prints the tamed methods of a project: what calls keep, where they wait, which calls may nest, and where checkpoints stand.") { project, graph, configuration };
root.SetAction(result =>
{
    try
    {
        var built = BuiltProject.Read(result.GetValue(project)!.FullName, result.GetValue(configuration)!);
        SdkCompiler.Use(built.CompilerFolder);
        return Report(built, result.GetValue(graph));
    }
    catch (InvalidOperationException error)
    {
        Console.Error.WriteLine(error.Message);
        return 1;
    }
});
return root.Parse(args).Invoke();

// A method of its own, since it needs the compiler's assemblies, which are found only now.
[MethodImpl(MethodImplOptions.NoInlining)]
static int Report(BuiltProject built, string? graph)
{
    var calls = CallReport.Of(built.Compile());
    switch (graph)
    {
        case null: ReportTable.Print(calls, Spectre.Console.AnsiConsole.Console); break;
        case "dot": Console.Out.Write(GraphText.Dot(calls)); break;
        case "mermaid": Console.Out.Write(GraphText.Mermaid(calls)); break;
        default: Console.Out.Write(SvgGraph.Draw(calls)); break;
    }

    return 0;
}
