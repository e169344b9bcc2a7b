using System.Text.RegularExpressions;

namespace Tame.Package.Tests;

/// <summary>Programs of every kind, made with the package alone: none is built with a warning, and each runs and says what it should.</summary>
public sealed partial class ProgramTests(PackedFeed feed, PublishedPrograms programs) : IClassFixture<PublishedPrograms>
{
    private const string Tour = """
        task: 42
        generic: Ada, 1815
        socket: 3 bytes
        failure: 'a word' is no number
        forgotten
        loss: True
        an hour passed in no time

        """;

    private const string Connections = """
        the system's network
        squares: 9, 16
        localhost: True
        file: words
        a network in memory
        squares: 9, 16
        localhost: True
        file: words
        child: hello from the child, exit code 0
        sums: anna 60, bert 40, carl 50, dora 6
        handled: add 6, price 5
        kept: words
        encrypted: A SECRET, True

        """;

    [Fact]
    public void All_are_published_without_a_warning()
    {
        Assert.True(programs.ExitCode == 0, programs.Log);
        Assert.DoesNotContain("warning", programs.Log, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Trimmed", Tour)]
    [InlineData("Native", Tour)]
    [InlineData("TrimmedIO", Connections)]
    [InlineData("NativeIO", Connections)]
    [InlineData("Application", "HELLO, ADA.\nHELLO, GRACE.\n")]
    [InlineData("WithoutPackage", "Hello, Ada.\n")]
    [InlineData("Basic", "Hello, Ada.\n")]
    public async Task A_program_says_what_it_should(string project, string words)
    {
        if (project.StartsWith("Native", StringComparison.Ordinal)) Tool.RequireLinker();
        var (exitCode, output) = await Dotnet.RunProgramAsync(programs.Program(project));
        Assert.Equal(words.ReplaceLineEndings("\n"), output.ReplaceLineEndings("\n"));
        Assert.Equal(0, exitCode);
    }

    [Theory]
    [InlineData("Native")]
    [InlineData("NativeIO")]
    public void Ahead_of_time_there_is_only_the_program(string project)
    {
        Tool.RequireLinker();
        var files = Directory.EnumerateFiles(Path.GetDirectoryName(programs.Program(project))!).Select(Path.GetExtension);
        Assert.DoesNotContain(".dll", files);
    }

    [Fact]
    public async Task A_web_application_answers_by_a_tamed_method()
    {
        using var server = Dotnet.Start(programs.Program("Web"));
        try
        {
            var address = await AddressAsync(server.StandardOutput).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
            Assert.Equal("Hello, Ada.", await client.GetStringAsync(new Uri(address + "/hello/Ada"), TestContext.Current.CancellationToken));
        }
        finally
        {
            server.Kill();
        }
    }

    /// <summary>The way of NuGet and the SDK: an application has the runtime from its libraries, and the generator with it, but no usings; compiled files bring neither.</summary>
    [Theory]
    [InlineData("Upper", true, true)]
    [InlineData("TrimmedIO", true, true)]
    [InlineData("Application", true, false)]
    [InlineData("WithoutPackage", false, false)]
    public async Task Usings_come_with_the_package_alone_and_the_generator_through_a_project_too(string project, bool generator, bool usings)
    {
        var (_, items) = await feed.RunAsync(Path.Combine(programs.Folder, project), "msbuild", "-t:ResolveLockFileAnalyzers", "-getItem:Analyzer", "-getItem:Using");
        Assert.Equal(generator, items.Contains("Tame.Generator", StringComparison.Ordinal));
        Assert.Equal(usings, items.Contains("\"Tame.Primitives\"", StringComparison.Ordinal));
    }

    private static async Task<string> AddressAsync(StreamReader output)
    {
        while (await output.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (Address().Match(line) is { Success: true } address) return address.Value;
        }

        throw new InvalidOperationException("The server ended without an address.");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
