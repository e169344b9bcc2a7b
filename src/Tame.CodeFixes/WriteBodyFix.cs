using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;

namespace Tame.CodeFixes;

/// <summary>Writes the missing body after its declaration.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WriteBodyFix() : Fix(Rules.NoBody, "Write the body")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } declaration || model.GetDeclaredSymbol(declaration) is not { } method
            || model.Compilation.GetTypeByMetadataName(Binder.TamedAttribute) is not { } tamed || Pairing.AttributeOf(method, tamed) is not { } attribute)
            return null;
        var body = PairSyntax.Body(declaration, Pairing.BodyName(method, attribute));
        return editor => editor.InsertAfter(declaration, body);
    }
}
