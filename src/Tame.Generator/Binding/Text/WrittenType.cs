using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Text;

/// <summary>
/// The types of parameters as the body writes them. The generated file has the body's usings, namespaces and types around it, so the words mean the same there.
/// </summary>
internal static class WrittenType
{
    /// <summary>
    /// The words in the body's declaration of a parameter. The full name if the type is not exactly the same, or if the words have comments or several lines.
    /// </summary>
    public static string Of(ITypeSymbol type, IParameterSymbol inBody, BaseMethodDeclarationSyntax body, ExternAliases aliases)
    {
        var written = inBody.Ordinal < body.ParameterList.Parameters.Count ? body.ParameterList.Parameters[inBody.Ordinal].Type?.ToString() : null;
        return written is not null && IsPlain(written) && SymbolEqualityComparer.IncludeNullability.Equals(type, inBody.Type) ? written : SymbolText.Of(type, aliases);
    }

    private static bool IsPlain(string written) => !written.Contains("/*") && !written.Contains('\n') && !written.Contains('\r');
}
