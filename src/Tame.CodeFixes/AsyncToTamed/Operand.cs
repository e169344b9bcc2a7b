using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.CodeFixes.AsyncToTamed;

/// <summary>An operand that is evaluated before an await in the same expression.</summary>
/// <param name="Expression">The operand.</param>
/// <param name="CanBeCopied">A variable that holds its value can replace it.</param>
internal readonly record struct Operand(ExpressionSyntax Expression, bool CanBeCopied = true);
