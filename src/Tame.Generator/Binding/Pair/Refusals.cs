using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Pair;

/// <summary>
/// Replaces code that is not generated. A partial method without an implementation stops the compiler before it runs any analyzer, so the user would not learn
/// the reason. An error in a body does not.
/// </summary>
internal static class Refusals
{
    /// <summary>Null if nothing could have an implementation.</summary>
    public static Refusal? Of(IMethodSymbol declaration, MethodDeclarationSyntax syntax, Compilation compilation)
    {
        var isOpen = declaration.IsPartialDefinition && !declaration.IsAbstract && declaration.PartialImplementationPart is null && syntax.ExplicitInterfaceSpecifier is null;
        if (!isOpen || FileContext.TypesAround(declaration.ContainingType).Any(type => type.IsFileLocal)) return null;
        var aliases = ExternAliases.Of(compilation);
        return new Refusal
        {
            HintName = Signatures.HintName(declaration, aliases),
            Context = FileContext.Levels(syntax, compilation.GetSemanticModel(syntax.SyntaxTree), aliases),
            Types = FileContext.Types(declaration.ContainingType),
            Signature = Signature(syntax),
            Place = Spans.Of(syntax.Identifier),
            FilePath = FileContext.Path(syntax, compilation),
            Name = syntax.Identifier.ValueText,
            Function = FunctionName(declaration),
        };
    }

    /// <summary>In C#, a local function must not have the name of a parameter of the enclosing method.</summary>
    private static string FunctionName(IMethodSymbol declaration)
    {
        var name = "NotGenerated";
        while (declaration.Parameters.Any(parameter => parameter.Name == name) || declaration.TypeParameters.Any(parameter => parameter.Name == name)) name += "_";
        return name;
    }

    /// <summary>The declaration's own text, because the error may be in it.</summary>
    private static string Signature(MethodDeclarationSyntax syntax)
    {
        var modifiers = string.Join(" ", syntax.Modifiers.Select(modifier => modifier.ValueText));
        var parameters = string.Join(", ", syntax.ParameterList.Parameters.Select(parameter => parameter.WithAttributeLists(default).WithDefault(null).ToString()));
        var constraints = string.Concat(syntax.ConstraintClauses.Select(clause => " " + clause));
        return $"{modifiers} {syntax.ReturnType} {syntax.Identifier}{syntax.TypeParameterList}({parameters}){constraints}";
    }
}
