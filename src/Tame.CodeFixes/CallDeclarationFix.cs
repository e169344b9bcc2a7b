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

/// <summary>Replaces a call of a body with a call of its tamed method.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CallDeclarationFix() : Fix(Rules.BodyCalled, "Call the tamed method")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        var called = place.FirstAncestorOrSelf<InvocationExpressionSyntax>(call => call.Span == place.Span)?.Expression ?? place;
        var name = called switch
        {
            SimpleNameSyntax simple => simple,
            MemberAccessExpressionSyntax access => access.Name,
            MemberBindingExpressionSyntax binding => binding.Name,
            _ => null,
        };
        if (name is null || model.GetSymbolInfo(name).Symbol is not IMethodSymbol body || model.Compilation.GetTypeByMetadataName(Binder.TamedAttribute) is not { } tamed
            || Pairing.DeclarationOf(body.OriginalDefinition, tamed) is not { } declaration)
            return null;
        return editor => editor.ReplaceNode(name, (node, _) => ((SimpleNameSyntax)node).WithIdentifier(SyntaxFactory.Identifier(declaration.Name).WithTriviaFrom(((SimpleNameSyntax)node).Identifier)));
    }
}
