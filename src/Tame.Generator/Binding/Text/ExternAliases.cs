using Microsoft.CodeAnalysis;

namespace Tame.Generator.Binding.Text;

/// <summary>The alias of each assembly whose types cannot be named from <c>global</c> in one compilation.</summary>
internal sealed class ExternAliases
{
    private readonly Dictionary<IAssemblySymbol, string> _ofAssemblies = new(SymbolEqualityComparer.Default);

    private ExternAliases(Compilation compilation)
    {
        foreach (var reference in compilation.References)
        {
            var aliases = reference.Properties.Aliases;
            if (aliases.IsDefaultOrEmpty || aliases.Contains("global") || compilation.GetAssemblyOrModuleSymbol(reference) is not IAssemblySymbol assembly) continue;
            _ofAssemblies[assembly] = aliases[0];
        }

        All = [.. _ofAssemblies.Values.Distinct()];
    }

    /// <summary>One alias for each such assembly.</summary>
    public IReadOnlyList<string> All { get; }

    public static ExternAliases Of(Compilation compilation) => new(compilation);

    /// <summary>The aliases of the compilation that declares a symbol.</summary>
    public static ExternAliases Around(ISymbol declared) => new(((ISourceAssemblySymbol)declared.ContainingAssembly).Compilation);

    public string? Find(IAssemblySymbol? assembly) => assembly is not null && _ofAssemblies.TryGetValue(assembly, out var alias) ? alias : null;
}
