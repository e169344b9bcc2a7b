using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.CodeFixes.AsyncToTamed;

/// <summary>Finds what happens between a return and the end of its method.</summary>
internal static class Exits
{
    public static ExitJump JumpFrom(StatementSyntax statement)
    {
        var jump = ExitJump.None;
        for (SyntaxNode node = statement; node.Parent is not (MethodDeclarationSyntax or null); node = node.Parent)
        {
            switch (node.Parent)
            {
                case BlockSyntax block when IsLast(node, block.Statements):
                case IfStatementSyntax or ElseClauseSyntax or LabeledStatementSyntax or UsingStatementSyntax or LockStatementSyntax or CheckedStatementSyntax or UnsafeStatementSyntax:
                case TryStatementSyntax or CatchClauseSyntax:
                    break;
                case SwitchSectionSyntax section when IsLast(node, section.Statements) && jump == ExitJump.None:
                    jump = ExitJump.Break;
                    break;
                case SwitchStatementSyntax:
                    break;
                default:
                    return ExitJump.Goto;
            }
        }
        return jump;
    }

    /// <summary>Whether code of the method, or a disposal, runs between a return and the end of the call.</summary>
    public static bool RunsCode(ReturnStatementSyntax statement, SemanticModel model)
    {
        for (SyntaxNode node = statement; node.Parent is not (MethodDeclarationSyntax or null); node = node.Parent)
        {
            var runsCode = node.Parent switch
            {
                TryStatementSyntax attempt => attempt.Finally is not null,
                UsingStatementSyntax or LockStatementSyntax => true,
                CommonForEachStatementSyntax loop => IsDisposed(loop, model),
                BlockSyntax block => block.Statements.TakeWhile(earlier => earlier != node).Any(IsUsingDeclaration),
                SwitchSectionSyntax section => section.Statements.TakeWhile(earlier => earlier != node).Any(IsUsingDeclaration),
                _ => false,
            };
            if (runsCode)
                return true;
        }
        return false;
    }

    public static bool IsUsingDeclaration(StatementSyntax statement) => statement switch
    {
        LocalDeclarationStatementSyntax declaration => declaration.UsingKeyword.IsKind(SyntaxKind.UsingKeyword),
        LabeledStatementSyntax labeled => IsUsingDeclaration(labeled.Statement),
        _ => false,
    };

    private static bool IsLast(SyntaxNode statement, SyntaxList<StatementSyntax> statements) => statements.SkipWhile(other => other != statement).Skip(1).All(other => other is LocalFunctionStatementSyntax);

    /// <summary>Disposing a struct enumerator of the framework's collections has no effect. Arrays and strings have no enumerator.</summary>
    private static bool IsDisposed(CommonForEachStatementSyntax loop, SemanticModel model) =>
        model.GetTypeInfo(loop.Expression).Type is not (IArrayTypeSymbol or { SpecialType: SpecialType.System_String })
        && model.GetForEachStatementInfo(loop) is { DisposeMethod: not null, GetEnumeratorMethod.ReturnType: var enumerator }
        && !(enumerator.IsValueType && enumerator.ContainingNamespace?.ToDisplayString() == "System.Collections.Generic");
}
