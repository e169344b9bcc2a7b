using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Pair;

/// <summary>
/// Stands in for what is not generated. A partial method without an implementation stops the compiler before it asks any analyzer, and the user would not be
/// told why; an error in a body does not.
/// </summary>
internal static class Refusals
{
    /// <summary>Null where there is nothing that an implementation could be given to.</summary>
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

    /// <summary>C# lets a local function share its name with no parameter of the method around it.</summary>
    private static string FunctionName(IMethodSymbol declaration)
    {
        var name = "NotGenerated";
        while (declaration.Parameters.Any(parameter => parameter.Name == name) || declaration.TypeParameters.Any(parameter => parameter.Name == name)) name += "_";
        return name;
    }

    /// <summary>The declaration's own words, since what is wrong may be in them.</summary>
    private static string Signature(MethodDeclarationSyntax syntax)
    {
        var modifiers = string.Join(" ", syntax.Modifiers.Select(modifier => modifier.ValueText));
        var parameters = string.Join(", ", syntax.ParameterList.Parameters.Select(parameter => parameter.WithAttributeLists(default).WithDefault(null).ToString()));
        var constraints = string.Concat(syntax.ConstraintClauses.Select(clause => " " + clause));
        return $"{modifiers} {syntax.ReturnType} {syntax.Identifier}{syntax.TypeParameterList}({parameters}){constraints}";
    }
}
