using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Flow;

namespace Tame.CodeFixes.WaitForms;

/// <summary>
/// Removes <c>ConfigureAwait</c> from a task that is passed to <c>twait</c>. A loop has one thread, on which a wait always resumes. The compiler reports that
/// no overload takes such a task.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ConfigureAwaitFix() : Fix("Remove 'ConfigureAwait'", "CS1503", "CS0411")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (PrimitiveSymbols.Resolve(model.Compilation) is not { } primitives
            || place.FirstAncestorOrSelf<InvocationExpressionSyntax>(call => Waits.CalledName(call) == "twait") is not { } wait || !IsPrimitive(wait, model, primitives)
            || wait.ArgumentList.Arguments.FirstOrDefault(argument => argument.RefKindKeyword.IsKind(SyntaxKind.None))?.Expression is not { } given
            || (place.FirstAncestorOrSelf<ArgumentSyntax>()?.Parent != wait.ArgumentList && !wait.Expression.Span.Contains(place.Span))
            || AwaitedTask.Of(given, model)?.Expression is not { } task || task == AwaitedTask.WithoutParentheses(given))
            return null;
        return editor => editor.ReplaceNode(given, task.WithTriviaFrom(given));
    }

    private static bool IsPrimitive(InvocationExpressionSyntax call, SemanticModel model, PrimitiveSymbols primitives)
    {
        var info = model.GetSymbolInfo(call);
        var methods = info.Symbol is { } found ? [found] : info.CandidateSymbols.IsEmpty ? model.GetMemberGroup(call.Expression) : info.CandidateSymbols;
        return methods.FirstOrDefault() is IMethodSymbol method && primitives.IsTwait(method);
    }
}
