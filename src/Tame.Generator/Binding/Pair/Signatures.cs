using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Pair;

/// <summary>Writes the header of the implementing part from the declaration's symbol, and the names of its generated members.</summary>
internal static class Signatures
{
    /// <summary>Attributes that trimming and platform tools read from the method whose code they analyze.</summary>
    private static readonly HashSet<string> s_readFromCode =
    [
        "RequiresUnreferencedCodeAttribute", "RequiresDynamicCodeAttribute", "RequiresAssemblyFilesAttribute", "UnconditionalSuppressMessageAttribute",
        "SupportedOSPlatformAttribute", "UnsupportedOSPlatformAttribute", "SkipLocalsInitAttribute",
    ];

    /// <summary>Attributes that permit their member to use others with the same attribute.</summary>
    private static readonly HashSet<string> s_permitting = ["ObsoleteAttribute", "ExperimentalAttribute", "RequiresPreviewFeaturesAttribute"];

    public static string Of(TamedPair pair, ExternAliases aliases)
    {
        var (declaration, syntax) = (pair.Declaration, pair.Syntax);
        var modifiers = string.Join(" ", syntax.Modifiers.Select(m => m.ValueText));
        var parameters = string.Join(", ", declaration.Parameters.Select((p, i) => Parameter(p, declaration.IsExtensionMethod && i == 0, TypeOf(p, pair, aliases))));
        var constraints = declaration.IsOverride
            ? string.Concat(syntax.ConstraintClauses.Select(clause => " " + clause))
            : SymbolText.Constraints(declaration.TypeParameters, aliases);
        return $"{modifiers} void {SymbolText.Name(declaration)}{declaration.TypeParameters.Select(SymbolText.Name).InAngleBrackets()}({parameters}){constraints}";
    }

    /// <summary>
    /// False for a second declaration of the same method, one in an extension block, or one with unknown types: the compiler's error is sufficient, and
    /// generated code would only repeat it.
    /// </summary>
    public static bool CanBeImplemented(IMethodSymbol declaration, ExternAliases aliases) =>
        FileContext.TypesAround(declaration.ContainingType).All(type => type.CanBeReferencedByName)
        && declaration.Parameters.All(p => IsKnown(p.Type)) && declaration.TypeParameters.SelectMany(t => t.ConstraintTypes).All(IsKnown)
        && !declaration.ContainingType.GetMembers(declaration.Name).OfType<IMethodSymbol>().TakeWhile(m => !SymbolEqualityComparer.Default.Equals(m, declaration))
            .Any(earlier => HintName(earlier, aliases) == HintName(declaration, aliases));

    private static bool IsKnown(ITypeSymbol type) => type switch
    {
        IErrorTypeSymbol => false,
        IArrayTypeSymbol array => IsKnown(array.ElementType),
        IPointerTypeSymbol pointer => IsKnown(pointer.PointedAtType),
        INamedTypeSymbol named => named.TypeArguments.All(IsKnown),
        _ => true,
    };

    private static string TypeOf(IParameterSymbol parameter, TamedPair pair, ExternAliases aliases) => parameter.Ordinal < pair.Body.Parameters.Length
        ? WrittenType.Of(parameter.Type, pair.Body.Parameters[parameter.Ordinal], pair.BodySyntax, aliases)
        : SymbolText.Of(parameter.Type, aliases);

    private static string Parameter(IParameterSymbol parameter, bool isReceiver, string type) =>
        (isReceiver ? "this " : "") + (parameter.IsParams ? "params " : "") + (parameter.RefKind == RefKind.Out ? "out " : "")
        + type + " " + SymbolText.Name(parameter);

    /// <summary>The prefix of the generated members' names. Overloads are numbered in the order of their declarations.</summary>
    public static string MemberPrefix(IMethodSymbol declaration, INamedTypeSymbol tamed)
    {
        var prefix = Numbered(declaration, tamed);
        while (BasesAndSelf(declaration.ContainingType).Any(type => type.MemberNames.Any(name => GeneratedNames.CouldBeMember(name, prefix)))) prefix += "_";
        return prefix;
    }

    private static IEnumerable<INamedTypeSymbol> BasesAndSelf(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.BaseType) yield return at;
    }

    private static string Numbered(IMethodSymbol declaration, INamedTypeSymbol tamed)
    {
        var number = 1;
        foreach (var other in declaration.ContainingType.GetMembers(declaration.Name).OfType<IMethodSymbol>())
        {
            if (SymbolEqualityComparer.Default.Equals(other, declaration)) break;
            if (other.GetAttributes().Any(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, tamed))) number++;
        }

        return number == 1 ? declaration.Name + "__" : $"{declaration.Name}__{number}_";
    }

    public static string HintName(IMethodSymbol declaration) => HintName(declaration, ExternAliases.Around(declaration));

    /// <summary>A name for the generated file. It is readable, and contains a hash if only case or type parameters differ.</summary>
    public static string HintName(IMethodSymbol declaration, ExternAliases aliases)
    {
        var aliased = declaration.Parameters.Select(p => SymbolText.Of(p.Type, aliases)).Where(text => text.Replace("global::", "").Contains("::"));
        var id = (declaration.GetDocumentationCommentId() ?? declaration.ToDisplayString()) + string.Concat(aliased);
        var hash = id.Aggregate(2166136261u, (h, c) => unchecked((h ^ c) * 16777619u));
        var name = new string(SymbolText.ForPeople(declaration).Split('(')[0].Select(c => char.IsLetterOrDigit(c) || c is '.' or '_' ? c : '_').ToArray());
        return $"{(name.Length > 80 ? name.Substring(name.Length - 80) : name)}-{hash:x8}.g.cs";
    }

    public static EquatableArray<string> ResumeAttributes(MethodDeclarationSyntax body, SemanticModel model) =>
        Attributes(body, model).Where(a => s_readFromCode.Contains(a.Name)).Select(a => a.Text).ToEquatable();

    /// <summary>
    /// The attributes that every generated member needs to name what the body names. Obsolete is never an error, because generated members call each other.
    /// </summary>
    public static EquatableArray<string> MemberAttributes(MethodDeclarationSyntax body, SemanticModel model) => Attributes(body, model)
        .Where(a => s_permitting.Contains(a.Name)).Select(a => a.Name == "ObsoleteAttribute" ? "[global::System.Obsolete]" : a.Text).ToEquatable();

    private static IEnumerable<(string Name, string Text)> Attributes(MethodDeclarationSyntax body, SemanticModel model) => body.AttributeLists
        .Where(list => list.Target is null)
        .SelectMany(list => list.Attributes)
        .Select(a => (model.GetSymbolInfo(a).Symbol?.ContainingType.Name ?? "", $"[{a}]"));

    /// <summary>The mention of the body in the generated code, so that no tool considers it unused. Null if <c>nameof</c> is not C#'s own.</summary>
    public static string? NameofBody(IMethodSymbol body, MethodDeclarationSyntax syntax, SemanticModel model) =>
        body.Parameters.Any(p => p.Name == "nameof") || !model.LookupSymbols(syntax.SpanStart, name: "nameof").IsEmpty ? null : $"nameof({SymbolText.Name(body)})";

    public static bool IsUnsafe(MethodDeclarationSyntax body) =>
        body.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().Any(m => m.Modifiers.Any(SyntaxKind.UnsafeKeyword))
        || body.DescendantNodes().OfType<UnsafeStatementSyntax>().Any();
}
