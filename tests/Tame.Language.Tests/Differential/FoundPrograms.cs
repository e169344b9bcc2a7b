using System.Reflection;

namespace Tame.Language.Tests.Differential;

/// <summary>The programs that showed a fault once, small: a file each, compared for ever.</summary>
internal static class FoundPrograms
{
    private static readonly string s_directory = Path.Combine(
        typeof(FoundPrograms).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!,
        "tests", "Tame.Language.Tests", "Differential", "Found");

    public static IEnumerable<string> Names() => Directory.Exists(s_directory)
        ? Directory.EnumerateFiles(s_directory, "*.cs").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)
        : [];

    public static string Read(string name) => File.ReadAllText(Path.Combine(s_directory, name + ".cs"));

    /// <summary>Writes a program down and returns its path.</summary>
    public static string Write(string name, string what, string program)
    {
        Directory.CreateDirectory(s_directory);
        string path = Path.Combine(s_directory, name + ".cs");
        File.WriteAllText(path, $"// {what}\n{program}");
        return path;
    }
}
