using System.Reflection;
using System.Text.RegularExpressions;
using Tame.IO;

namespace Tame.Samples.Tests;

/// <summary>A page of docs that shows the programs of a sample, each with the command that runs it and what it prints.</summary>
internal static class ProgramPage
{
    /// <summary>Runs each program, over the system's network or over one in memory, and compares what it prints with the page. The page shows all of them.</summary>
    public static void Compare(string page, string sample, IReadOnlyDictionary<string, Action<TextWriter, Event>> programs, bool inMemory)
    {
        string text = File.ReadAllText(Path.Combine(Repository, page));
        var shown = Regex.Matches(text, $@"    \$ dotnet run --project {Regex.Escape(sample)} -- (?<name>\w+)(?<output>(\n    .+)+)")
            .ToDictionary(run => run.Groups["name"].Value, run => run.Groups["output"].Value.Replace("\n    ", "\n", StringComparison.Ordinal).TrimStart('\n') + "\n");
        Assert.Equal(programs.Keys.Order(StringComparer.Ordinal), shown.Keys.Order(StringComparer.Ordinal));
        Assert.All(programs, program =>
        {
            using var output = new StringWriter { NewLine = "\n" };
            var options = inMemory ? new EventLoopOptions { Network = new MemoryNetwork(), VirtualTime = true } : new EventLoopOptions();
            EventLoop.Run(done => program.Value(output, done), options);
            Assert.Equal(shown[program.Key], output.ToString());
        });
    }

    /// <summary>Every test project is told where the repository is.</summary>
    public static string Repository { get; } = typeof(ProgramPage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryRoot").Value!;
}
