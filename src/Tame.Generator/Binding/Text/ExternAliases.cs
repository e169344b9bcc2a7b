using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Tame.Generator.Binding.Text;

/// <summary>Knows the alias of each assembly whose types cannot be named from <c>global</c>.</summary>
internal static class ExternAliases
{
    private static readonly ConditionalWeakTable<Compilation, string[]> s_aliases = new();
    private static readonly ConditionalWeakTable<IAssemblySymbol, string> s_ofAssemblies = new();

    /// <summary>One alias of each such reference; from then on the types of its assembly are written with it.</summary>
    public static IReadOnlyList<string> Of(Compilation compilation) => s_aliases.GetValue(compilation, Find);

    public static string? Of(IAssemblySymbol? assembly) => assembly is not null && s_ofAssemblies.TryGetValue(assembly, out var alias) ? alias : null;

    private static string[] Find(Compilation compilation)
    {
        var found = new List<string>();
        foreach (var reference in compilation.References)
        {
            var aliases = reference.Properties.Aliases;
            if (aliases.IsDefaultOrEmpty || aliases.Contains("global") || compilation.GetAssemblyOrModuleSymbol(reference) is not IAssemblySymbol assembly) continue;
            found.Add(s_ofAssemblies.GetValue(assembly, _ => aliases[0]));
        }

        return [.. found.Distinct()];
    }
}
