using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Pair;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Rewrite;

/// <summary>Models a local function that becomes a method: its header from its symbol, its body as edited text.</summary>
internal sealed class FunctionBinder(BodyContext context, FleshEditor editor)
{
    public LocalFunction Bind(LocalFunctionStatementSyntax syntax, IMethodSymbol function, Action<Edits> enclose, bool isBlock, EquatableArray<string> comments)
    {
        var local = context.Locals.Find(function)!.Value;
        editor.Refer(local, syntax.Identifier);
        var body = (SyntaxNode?)syntax.Body ?? (SyntaxNode?)syntax.ExpressionBody ?? syntax.ParameterList; // a function without a body has been rejected
        return new LocalFunction
        {
            Local = local,
            ReturnType = ParameterText.ReturnType(function, context.Aliases),
            TypeParameters = function.TypeParameters.Select(SymbolText.Name).ToEquatable(),
            Constraints = SymbolText.Constraints(function.TypeParameters, context.Aliases),
            Parameters = function.Parameters.Select((p, i) => new FunctionParameter(Attributes(syntax.ParameterList.Parameters[i].AttributeLists), ParameterText.Parameter(p, SymbolText.Name(p), context.Aliases))).ToEquatable(),
            Arguments = string.Join(", ", function.Parameters.Select(ParameterText.Argument)),
            ReturnsByRef = function.RefKind != RefKind.None,
            IsStatic = context.Body.IsStatic,
            Modifiers = (syntax.Modifiers.Any(SyntaxKind.UnsafeKeyword) || Signatures.IsUnsafe(context.Syntax) ? "unsafe " : "") + (function.IsAsync ? "async " : ""),
            Attributes = Attributes(syntax.AttributeLists),
            IsHiddenFromTraces = function.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "StackTraceHiddenAttribute"),
            Links = context.Scopes.All[context.Locals.All[local].Scope].Links,
            Body = FleshEditor.Make(Spans.Of(body), editor.Pieces(body, enclose), isBlock ? "" : ";"),
            Comments = comments,
        };
    }

    private EquatableArray<UserAttribute> Attributes(SyntaxList<AttributeListSyntax> lists) => lists.Select(list => new UserAttribute(Written(list), Spans.Of(list))).ToEquatable();

    /// <summary>Attributes can name constants of the body, which are written out, but none of its variables.</summary>
    private string Written(AttributeListSyntax list) => string.Concat(editor.Pieces(list).Cast<TextPiece>().Select(piece => piece.Text));
}
