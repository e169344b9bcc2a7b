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

/// <summary>Copies the signature of a declaration to its body.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CopySignatureFix() : Fix(Rules.SignaturesDiffer, "Give the body the signature of its declaration")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } body || model.GetDeclaredSymbol(body) is not { } method
            || model.Compilation.GetTypeByMetadataName(Binder.TamedAttribute) is not { } tamed
            || Pairing.DeclarationOf(method, tamed)?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not MethodDeclarationSyntax declaration)
            return null;
        return editor => editor.ReplaceNode(body, (node, _) => PairSyntax.WithSignature((MethodDeclarationSyntax)node, declaration));
    }
}
