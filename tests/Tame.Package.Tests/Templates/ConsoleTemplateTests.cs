namespace Tame.Package.Tests.Templates;

/// <summary>What <c>dotnet new tame-console</c> makes.</summary>
public sealed class ConsoleTemplateTests(TemplateHive hive) : IClassFixture<TemplateHive>
{
    [Fact]
    public async Task A_new_program_is_restored_builds_without_a_warning_and_greets()
    {
        var folder = await hive.NewAsync("tame-console", "Hello");
        await hive.RunAsync(folder, "build", "--no-restore", "-warnaserror");
        Assert.Equal("Hello, Ada.\nHello, Grace.\n", await hive.RunAsync(folder, "run", "--no-build"));
    }

    [Fact]
    public async Task A_program_whose_name_is_no_identifier_passes_its_test_and_greets()
    {
        var folder = await hive.NewAsync("tame-console", "2fast");
        Assert.Contains("succeeded: 1", await hive.RunAsync(folder, "test", "--project", "tests/2fast.Tests", "-p:TreatWarningsAsErrors=true"));
        Assert.Equal("Hello, Ada.\nHello, Grace.\n", await hive.RunAsync(folder, "run", "--no-build"));
    }

    [Theory]
    [InlineData("My.App", "My.App")]
    [InlineData("my-app", "my_app")]
    [InlineData("two words", "two_words")]
    [InlineData("event", "_event")]
    [InlineData("My.Event", "My._Event")]
    public async Task A_name_becomes_a_namespace_that_compiles(string name, string expected)
    {
        var folder = await hive.NewAsync("tame-console", name, "--no-restore");
        Assert.Contains($"namespace {expected};", File.ReadAllText(Path.Combine(folder, "Program.cs")));
        var project = File.ReadAllText(Path.Combine(folder, $"{name}.csproj"));
        Assert.Equal(name != expected, project.Contains($"<RootNamespace>{expected}</RootNamespace>"));
        Assert.False(Directory.Exists(Path.Combine(folder, "obj")), "It was restored.");
    }
}
