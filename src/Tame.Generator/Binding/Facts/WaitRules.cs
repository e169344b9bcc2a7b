using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Flow;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Facts;

/// <summary>Reports waits and events in a body where none is possible, and jumps that leave a twait block.</summary>
internal sealed class WaitRules(MethodDeclarationSyntax body, SemanticModel model, PrimitiveSymbols primitives, Waits waits, Action<Diagnostic> report)
{
    private readonly HashSet<SyntaxNode> _jumps = [];
    private bool _hasErrors;

    public void Check()
    {
        foreach (var name in body.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (name.Identifier.ValueText is "twait" or "mkevent") CheckName(name);
        }

        foreach (var block in waits.Blocks.OfType<UsingStatementSyntax>()) CheckBlock(block);
    }

    private void Report(DiagnosticDescriptor rule, SyntaxNode place, params object[] arguments)
    {
        _hasErrors |= rule.DefaultSeverity == DiagnosticSeverity.Error;
        report(Diagnostic.Create(rule, place.GetLocation(), arguments));
    }

    private void CheckName(SimpleNameSyntax name)
    {
        ExpressionSyntax callee = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        var call = callee.Parent is InvocationExpressionSyntax around && around.Expression == callee ? around : null;
        var method = call is null ? null : waits.MethodOf(call);
        if ((method ?? Meant(name)) is not { } called) return;
        var isWait = primitives.IsTwait(called);
        if (!isWait && !primitives.IsMkevent(called)) return;
        if (call is null)
        {
            if (!Nameof.IsAround(name, model)) Report(Rules.MethodGroup, name, name.Identifier.ValueText);
        }
        else if (!CheckNesting(call, name.Identifier.ValueText) || !CheckStartLambda(call, called))
        {
            return;
        }
        else if (method is null && model.GetSymbolInfo(call).CandidateReason == CandidateReason.LateBound)
        {
            Report(Rules.WaitCannotStandHere, call, "a call with dynamic arguments", "cast them to their types");
        }
        else if (isWait)
        {
            CheckWait(call);
            CheckStart(call);
        }
        else
        {
            CheckEvent(call);
        }
    }

    private IMethodSymbol? Meant(SimpleNameSyntax name)
    {
        var info = model.GetSymbolInfo(name);
        return (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) as IMethodSymbol;
    }

    /// <summary>Reports a primitive inside a lambda, local function, or query. Only the others are in the body's own flow.</summary>
    private bool CheckNesting(SyntaxNode call, string name)
    {
        if (waits.Nested.Around(call).FirstOrDefault() is not { } function) return true;
        var kind = function switch
        {
            AnonymousFunctionExpressionSyntax => "lambda",
            LocalFunctionStatementSyntax => "local function",
            _ => "query",
        };
        Report(Rules.InNestedFunction, call, name, kind);
        return false;
    }

    /// <summary>Reports code that is not allowed in the lambda of a <c>twait</c>. An event of a rendezvous belongs to no block.</summary>
    private bool CheckStartLambda(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        if (!call.Ancestors().TakeWhile(node => node != body).Any(node => node is AnonymousFunctionExpressionSyntax) || (primitives.IsMkevent(method) && !IsOfBlock(call))) return true;
        Report(Rules.InStartLambda, call, method.Name);
        return false;
    }

    /// <summary>Reports a start that is not a lambda which can replace the call.</summary>
    private void CheckStart(InvocationExpressionSyntax call)
    {
        if (StartLambda.ArgumentOf(call) is not { } start) return;
        var isStart = waits.MethodOf(call) is { } method && primitives.FormOf(method) == WaitForm.Start;
        if (StartAdvice.For(start, isStart) is { } advice) Report(Rules.NoStartLambda, start, advice);
        else CheckSlots(call, "twait(…, out Type {0})", start is SimpleLambdaExpressionSyntax or ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [{ Type: null }] });
    }

    private void CheckWait(InvocationExpressionSyntax call)
    {
        if (Waits.IsBlockForm(call) && call.Parent is not UsingStatementSyntax { Declaration: null, AwaitKeyword.RawKind: 0 })
        {
            Report(Rules.NotAUsingStatement, call);
            return;
        }

        foreach (var (inner, outer) in call.AncestorsAndSelf().TakeWhile(node => node != body).Zip(call.Ancestors(), (inner, outer) => (inner, outer)))
        {
            if (Obstacle(inner, outer) is not (var where, var advice)) continue;
            Report(Rules.WaitCannotStandHere, call, where, advice);
            return;
        }
    }

    private static (string Where, string Advice)? Obstacle(SyntaxNode inner, SyntaxNode outer) => outer switch
    {
        LockStatementSyntax => ("a lock", "another loop's thread could wait for it forever; copy what you need and wait outside"),
        FixedStatementSyntax => ("a fixed statement", "nothing can stay pinned while other code runs; wait outside"),
        ForStatementSyntax { Statement: var statement } when inner != statement => ("a for header", "move the wait into the loop's body"),
        _ => null,
    };

    private void CheckEvent(InvocationExpressionSyntax call)
    {
        CheckSlots(call, "mkevent(out Type {0})", isInferred: true);
        if (IsOfBlock(call) && BlockOf(call) is null && waits.Blocks.All(IsWellFormed)) Report(Rules.OutsideBlock, call);
    }

    /// <summary>If the values of an event determine its type, <c>var</c> and <c>_</c> give none.</summary>
    private void CheckSlots(InvocationExpressionSyntax call, string form, bool isInferred)
    {
        if (!isInferred || waits.MethodOf(call) is not null) return;
        foreach (var argument in call.ArgumentList.Arguments.Where(argument => argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword)))
        {
            if (UntypedSlot.NameOf(argument.Expression, model) is { } slot) Report(Rules.UntypedSlot, argument, slot, string.Format(CultureInfo.InvariantCulture, form, slot));
        }
    }

    /// <summary>Whether an event has no rendezvous argument. The syntax shows it even if the compiler cannot choose an overload.</summary>
    private static bool IsOfBlock(InvocationExpressionSyntax call) => call.ArgumentList.Arguments.All(a => a.RefKindKeyword.IsKind(SyntaxKind.OutKeyword));

    /// <summary>Whether a block is well formed. If another is not, it is the one that an event without a block was meant for.</summary>
    private static bool IsWellFormed(SyntaxNode block) => block is UsingStatementSyntax { Declaration: null };

    private UsingStatementSyntax? BlockOf(SyntaxNode call) =>
        call.Ancestors().OfType<UsingStatementSyntax>().FirstOrDefault(block => waits.IsBlock(block) && block.Statement.Span.Contains(call.Span));

    private bool Makes(InvocationExpressionSyntax call) => Waits.CalledName(call) == "mkevent" && IsOfBlock(call)
        && (waits.Events.ContainsKey(call) || waits.MethodOf(call) is null);

    private void CheckBlock(UsingStatementSyntax block)
    {
        if (!_hasErrors && !block.Statement.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => Makes(call) && BlockOf(call) == block))
            report(Diagnostic.Create(Rules.EmptyBlock, block.UsingKeyword.GetLocation()));
        foreach (var jump in block.Statement.DescendantNodesAndSelf(node => !waits.Nested.Is(node)))
        {
            if (Jumps.Leaves(jump, block, model) && _jumps.Add(jump)) Report(Rules.JumpOutOfBlock, jump, jump.GetFirstToken().ValueText);
        }
    }
}
