using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.CodeFixes.AsyncToTamed;

/// <summary>The using directives that a tamed body needs. Most projects have them globally.</summary>
internal static class Usings
{
    private static readonly string[] s_needed = ["using Tame;", "using static Tame.Primitives;"];

    public static CompilationUnitSyntax WithPrimitives(CompilationUnitSyntax unit, AsyncMethod method)
    {
        if (method.SeesPrimitives)
            return unit;
        foreach (var text in s_needed.Except(unit.Usings.Select(directive => directive.WithoutTrivia().ToString())))
            unit = unit.AddUsings(SyntaxFactory.ParseCompilationUnit(text).Usings[0].WithTrailingTrivia(NewLine.Of(method.Syntax)));
        return unit;
    }
}
