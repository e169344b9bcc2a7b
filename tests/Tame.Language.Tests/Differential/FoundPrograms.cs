using System.Reflection;
using System.Text.RegularExpressions;
using Tame.Language.Tests.Differential.Writing;

namespace Tame.Language.Tests.Differential;

/// <summary>The programs that showed a fault once, small: a file each, compared for ever.</summary>
internal static partial class FoundPrograms
{
    private static readonly string s_project = Path.Combine(
        typeof(FoundPrograms).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!, "tests", "Tame.Language.Tests");

    private static readonly string s_directory = Path.Combine(s_project, "Differential", "Found");

    /// <summary>The page that describes the comparison.</summary>
    public static string Page => Path.Combine(s_project, "README.md");

    public static IEnumerable<string> Names() => Directory.Exists(s_directory)
        ? Directory.EnumerateFiles(s_directory, "*.cs").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)
        : [];

    /// <summary>The features that the first line of a program names.</summary>
    public static Features FeaturesOf(string program) => WrittenWith().Match(program) is { Success: true } match ? FeatureSets.Parse(match.Groups[1].Value) : Features.None;

    public static string Read(string name) => File.ReadAllText(Path.Combine(s_directory, name + ".cs"));

    /// <summary>Writes a program down and returns its path.</summary>
    public static string Write(string name, string what, string program)
    {
        Directory.CreateDirectory(s_directory);
        string path = Path.Combine(s_directory, name + ".cs");
        File.WriteAllText(path, $"// {what}\n{program}");
        return path;
    }

    [GeneratedRegex(@"\A// [^:\n]* with ([\w, ]+):")]
    private static partial Regex WrittenWith();
}
