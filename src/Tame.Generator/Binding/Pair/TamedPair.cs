using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Pair;

/// <summary>A tamed method: its partial declaration, and the method that is its body.</summary>
internal sealed record TamedPair(IMethodSymbol Declaration, MethodDeclarationSyntax Syntax, IMethodSymbol Body, MethodDeclarationSyntax BodySyntax, AttributeData Attribute);
