using System.Reflection;

namespace Tame.Generator;

/// <summary>
/// The location of the rules' pages: at the project's address, or in the package if the project has none. The build writes it into this assembly.
/// </summary>
internal static class HelpLinks
{
    private static readonly string s_docs = typeof(HelpLinks).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "TameDocs").Value!;

    public static string Of(string id) => $"{s_docs}/diagnostics/{id}.md";
}
