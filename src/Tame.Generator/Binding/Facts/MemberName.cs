using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Facts;

/// <summary>Tells names of members from names that may stand for something of the body.</summary>
internal static class MemberName
{
    /// <summary>
    /// Whether the name stands behind a dot, so that it names a member of what stands before it. The compiler keeps no answer for such a name: asked
    /// what it means, it binds all that stands before it once more, which for each name of a long chain of calls is quadratic.
    /// </summary>
    public static bool Is(SimpleNameSyntax name) => name.Parent is MemberAccessExpressionSyntax access ? access.Name == name : name.Parent is MemberBindingExpressionSyntax;
}
