using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Tame.Hosting.Tests;

/// <summary>What docs/hosting.md shows is so.</summary>
public sealed partial class HostingPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(
        typeof(HostingPageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!, "docs", "hosting.md"));

    [Fact]
    public async Task Its_program_prints_what_the_page_says()
    {
        string shown = Run.Match(s_page).Groups["output"].Value.Replace("\n    ", "\n", StringComparison.Ordinal).TrimStart('\n') + "\n";
        await using var output = new StringWriter { NewLine = "\n" };
        await Words.Server.RunAsync(output).WaitAsync(Hosted.Hang);
        Assert.Equal(shown, output.ToString());
    }

    [Fact]
    public void Its_table_of_options_has_each_option() =>
        Assert.Equal(typeof(EventLoopHostingOptions).GetProperties().Select(option => option.Name).Order(), Option.Matches(Section("Options")).Select(row => row.Groups["name"].Value).Order());

    [Fact]
    public void Its_table_of_the_log_has_each_event_with_its_level()
    {
        var messages = typeof(EventLoopGroup).Assembly.GetType("Tame.Hosting.HostingLog")!.GetMethods(BindingFlags.Static | BindingFlags.Public)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()!).OrderBy(message => message.EventId);
        Assert.Equal(messages.Select(message => $"{message.EventId} {message.Level}"), Logged.Matches(Section("Log")).Select(row => $"{row.Groups["id"]} {row.Groups["level"]}"));
    }

    private static string Section(string name) => s_page.Split($"\n## {name}\n")[1].Split("\n## ")[0];

    [GeneratedRegex(@"    \$ dotnet run --project samples/Hosting(?<output>(\n    .+)+)")]
    private static partial Regex Run { get; }

    [GeneratedRegex(@"^\| `(?<name>\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Option { get; }

    [GeneratedRegex(@"^\| (?<id>\d+) \| (?<level>\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Logged { get; }
}
