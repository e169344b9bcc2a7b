using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator;

namespace Tame.CodeFixes;

/// <summary>Makes a bare <c>twait()</c> and the statement behind it a twait block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UsingTwaitFix() : Fix(Rules.NotAUsingStatement, "Make it 'using (twait()) …'")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Expression: InvocationExpressionSyntax call, Parent: BlockSyntax block } statement)
            return null;
        var next = block.Statements.IndexOf(statement) + 1;
        if (next >= block.Statements.Count || block.Statements[next] is LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax or LabeledStatementSyntax)
            return null;
        var waited = block.Statements[next];
        return editor =>
        {
            var rest = waited is BlockSyntax ? "\r\n" + waited.ToFullString() : " " + waited.WithoutLeadingTrivia().ToFullString();
            var made = SyntaxFactory.ParseStatement($"using ({call}){rest}").WithLeadingTrivia(statement.GetLeadingTrivia());
            editor.RemoveNode(waited, SyntaxRemoveOptions.KeepNoTrivia);
            editor.ReplaceNode(statement, made);
        };
    }
}

/// <summary>Writes the type of a slot, which the event that is wanted tells.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SlotTypeFix() : Fix(Rules.UntypedSlot, "Write the type of the slot")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<ArgumentSyntax>() is not { Expression: DeclarationExpressionSyntax { Type: { IsVar: true } type } } slot
            || slot.Parent?.Parent is not InvocationExpressionSyntax make || make.Parent is not ArgumentSyntax argument)
            return null;
        var slots = make.ArgumentList.Arguments.Where(a => a.RefKindKeyword.IsKind(SyntaxKind.OutKeyword)).ToList();
        var wanted = Wanted(argument, model).Where(e => e.TypeArguments.Length == slots.Count).ToList();
        if (wanted.Count != 1 || wanted[0].TypeArguments[slots.IndexOf(slot)] is not { TypeKind: not (TypeKind.Error or TypeKind.TypeParameter) } result)
            return null;
        var text = result.ToMinimalDisplayString(model, type.SpanStart);
        return editor => editor.ReplaceNode(type, SyntaxFactory.ParseTypeName(text).WithTriviaFrom(type));
    }

    /// <summary>The types of events that the methods of that name take at an argument's place.</summary>
    private static IEnumerable<INamedTypeSymbol> Wanted(ArgumentSyntax argument, SemanticModel model)
    {
        if (argument.Parent?.Parent is not InvocationExpressionSyntax call)
            return [];
        var info = model.GetSymbolInfo(call);
        var methods = info.Symbol is { } found ? [found] : info.CandidateSymbols;
        var index = call.ArgumentList.Arguments.IndexOf(argument);
        return methods.OfType<IMethodSymbol>().Where(m => m.Parameters.Length > index).Select(m => m.Parameters[index].Type).OfType<INamedTypeSymbol>().Where(t => t.Name == "Event");
    }
}

/// <summary>Cancels what a rendezvous has left when the body ends.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CancelRendezvousFix() : Fix(Rules.RendezvousAbandoned, "Declare it by 'using', which cancels what is left")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is not { UsingKeyword.RawKind: 0, Parent: BlockSyntax } declaration)
            return null;
        return editor => editor.ReplaceNode(declaration, declaration.WithoutLeadingTrivia()
            .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space)).WithLeadingTrivia(declaration.GetLeadingTrivia()));
    }
}

/// <summary>Waits by an event where a call would block the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WaitInsteadFix() : Fix(Rules.BlocksTheLoop, "Wait for an event instead")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax } statement || Statements(place, statement, model) is not { } texts)
            return null;
        var made = WaitSyntax.InPlaceOf(statement, texts);
        return editor =>
        {
            editor.InsertBefore(statement, made.Take(made.Count - 1));
            editor.ReplaceNode(statement, made[made.Count - 1]);
        };
    }

    private static string[]? Statements(SyntaxNode place, StatementSyntax statement, SemanticModel model) => (place, statement) switch
    {
        (InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Sleep" } } call, ExpressionStatementSyntax) =>
            [WaitSyntax.Timer(call.ArgumentList.Arguments[0].Expression, model)],
        (InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" or "GetResult" } access }, ExpressionStatementSyntax) =>
            [$"using (twait()) {Task(access)}.Trigger(mkevent());"],
        (ExpressionSyntax value, LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var initial } variable] })
            when initial == value && Task(value) is { } task && model.GetTypeInfo(value).Type is { } type =>
            [$"{type.ToMinimalDisplayString(model, statement.SpanStart)} {variable.Identifier.Text};", $"using (twait()) {task}.Trigger(mkevent(out {variable.Identifier.Text}));"],
        _ => null,
    };

    /// <summary>What is waited for in <c>task.Result</c>, <c>task.Wait()</c> and <c>task.GetAwaiter().GetResult()</c>.</summary>
    private static string? Task(ExpressionSyntax value) => value switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" or "Wait" } access => access.Expression.ToString(),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult", Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax awaiter } } => awaiter.Expression.ToString(),
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax access } => Task(access),
        _ => null,
    };
}
