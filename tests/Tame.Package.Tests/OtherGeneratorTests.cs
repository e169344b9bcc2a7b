namespace Tame.Package.Tests;

/// <summary>Other source generators in the same build, as the .NET SDK brings them.</summary>
public sealed class OtherGeneratorTests(PackedFeed feed)
{
    private const string Types = """
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.RegularExpressions;

        public sealed record Page(string Title);

        [JsonSerializable(typeof(Page))]
        public sealed partial class PageContext : JsonSerializerContext;

        public static partial class Pages
        {
            [GeneratedRegex("[a-z]+")]
            private static partial Regex Word();

            private static string TextOf(Page page) => JsonSerializer.Serialize(page, PageContext.Default.Page);

            [Tamed] public static partial void Write(Event<string> written);

            private static void WriteBody(Event<string> written)
            {
                twait(e => asap(e));
                written.Trigger(TEXT + Word().Match("1a2"));
            }
        }
        """;

    [Theory]
    [InlineData("TextOf(new Page(\"home\"))", null)]
    [InlineData("JsonSerializer.Serialize(new Page(\"home\"), PageContext.Default.Page)", "error TAME092: Another source generator writes 'Default', which Tame's generator cannot see when it reads the body of 'Write'")]
    public async Task What_another_generator_writes_is_used_beside_a_tamed_body_and_not_in_it(string text, string? error)
    {
        var project = feed.Newcomer(error is null ? "json-beside" : "json-inside");
        await File.WriteAllTextAsync(Path.Combine(project, "Pages.cs"), Types.Replace("TEXT", text, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), "Console.WriteLine(EventLoop.Run<string>(Pages.Write));", TestContext.Current.CancellationToken);
        var (code, log) = await feed.RunAsync(project, "run");
        if (error is not null) Assert.Contains(error, log);
        else Assert.EndsWith("{\"Title\":\"home\"}a", log.TrimEnd());
        Assert.Equal(error is null, code == 0);
    }
}
