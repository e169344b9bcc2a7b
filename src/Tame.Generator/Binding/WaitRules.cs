using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Flow;

namespace Tame.Generator.Binding;

/// <summary>Says where in a body a wait or an event stands that none can, and which jumps leave a twait block.</summary>
internal sealed class WaitRules(MethodDeclarationSyntax body, SemanticModel model, PrimitiveSymbols primitives, Waits waits, Action<Diagnostic> report)
{
    public void Check()
    {
        foreach (var name in body.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (name.Identifier.ValueText is "twait" or "mkevent") CheckName(name);
        }

        foreach (var block in waits.Blocks.OfType<UsingStatementSyntax>()) CheckBlock(block);
    }

    private void CheckName(SimpleNameSyntax name)
    {
        var info = model.GetSymbolInfo(name);
        if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not IMethodSymbol method) return;
        var isWait = primitives.IsTwait(method);
        if (!isWait && !primitives.IsMkevent(method)) return;
        ExpressionSyntax callee = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        if (callee.Parent is not InvocationExpressionSyntax call || call.Expression != callee)
        {
            if (!IsInNameof(name)) report(Diagnostic.Create(Rules.MethodGroup, name.GetLocation(), name.Identifier.ValueText));
        }
        else if (!CheckNesting(call, name.Identifier.ValueText))
        {
            return;
        }
        else if (isWait)
        {
            CheckWait(call);
        }
        else
        {
            CheckEvent(call, method);
        }
    }

    private static bool IsInNameof(SyntaxNode node) =>
        node.Ancestors().OfType<InvocationExpressionSyntax>().Any(call => call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" });

    /// <summary>Reports a primitive inside a lambda, local function or query; only what is left has a place in the body's own flow.</summary>
    private bool CheckNesting(SyntaxNode call, string name)
    {
        var nested = call.Ancestors().TakeWhile(node => node != body).Select(node => node switch
        {
            AnonymousFunctionExpressionSyntax => "lambda",
            LocalFunctionStatementSyntax => "local function",
            QueryExpressionSyntax => "query",
            _ => null,
        }).FirstOrDefault(kind => kind is not null);
        if (nested is not null) report(Diagnostic.Create(Rules.InNestedFunction, call.GetLocation(), name, nested));
        return nested is null;
    }

    private void CheckWait(InvocationExpressionSyntax call)
    {
        if (Waits.IsBlockForm(call) && call.Parent is not UsingStatementSyntax { Declaration: null, AwaitKeyword.RawKind: 0 })
        {
            report(Diagnostic.Create(Rules.NotAUsingStatement, call.GetLocation()));
            return;
        }

        foreach (var (inner, outer) in call.AncestorsAndSelf().Zip(call.Ancestors(), (inner, outer) => (inner, outer)))
        {
            if (inner == body) break;
            if (Obstacle(inner, outer) is { } diagnostic) report(diagnostic(call.GetLocation()));
        }
    }

    private static Func<Location, Diagnostic>? Obstacle(SyntaxNode inner, SyntaxNode outer) => outer switch
    {
        LockStatementSyntax => Forbidden("a lock", "another loop's thread could wait for it for ever; copy what you need and wait outside"),
        FixedStatementSyntax => Forbidden("a fixed statement", "nothing can stay pinned while others run; wait outside"),
        ForStatementSyntax { Statement: var statement } when inner != statement => Forbidden("a for header", "write the wait into the loop's body"),
        SwitchSectionSyntax => NotYet("A wait in a switch section is", "use if and else"),
        CatchClauseSyntax => NotYet("A wait in a catch clause is", "remember the exception and wait after the try statement"),
        FinallyClauseSyntax => NotYet("A wait in a finally block is", "wait after the try statement"),
        CheckedStatementSyntax => NotYet("A wait in a checked or unchecked block is", "use checked(…) or unchecked(…) expressions"),
        _ => null,
    };

    private static Func<Location, Diagnostic> Forbidden(string where, string mend) =>
        location => Diagnostic.Create(Rules.WaitCannotStandHere, location, where, mend);

    private static Func<Location, Diagnostic> NotYet(string what, string mend) => location => Diagnostic.Create(Rules.NotYet, location, what, mend);

    private void CheckEvent(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        if (method.Parameters.All(p => p.RefKind == RefKind.Out) && !call.Ancestors().OfType<UsingStatementSyntax>().Any(u => IsInside(call, u)))
            report(Diagnostic.Create(Rules.OutsideBlock, call.GetLocation()));
    }

    private bool IsInside(SyntaxNode call, UsingStatementSyntax block) => waits.IsBlock(block) && block.Statement.Span.Contains(call.Span);

    private void CheckBlock(UsingStatementSyntax block)
    {
        if (!waits.Events.Keys.Any(call => IsInside(call, block))) report(Diagnostic.Create(Rules.EmptyBlock, block.UsingKeyword.GetLocation()));
        foreach (var jump in block.Statement.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (Jumps.Leaves(jump, block, model)) report(Diagnostic.Create(Rules.JumpOutOfBlock, jump.GetLocation(), jump.GetFirstToken().ValueText));
        }
    }
}
