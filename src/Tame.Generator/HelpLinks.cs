using System.Reflection;

namespace Tame.Generator;

/// <summary>Says where the pages of the rules are: at the project's address, or in the package where the project has none. The build writes it into this assembly.</summary>
internal static class HelpLinks
{
    private static readonly string s_docs = typeof(HelpLinks).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "TameDocs").Value!;

    public static string Of(string id) => $"{s_docs}/diagnostics/{id}.md";
}
