using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Facts;

/// <summary>Distinguishes names of members from names that may refer to something in the body.</summary>
internal static class MemberName
{
    /// <summary>
    /// Whether the name follows a dot, so that it names a member of the expression before it. The compiler does not cache the meaning of such a name: it binds
    /// the whole expression before it again, which is quadratic for a long chain of calls.
    /// </summary>
    public static bool Is(SimpleNameSyntax name) => name.Parent is MemberAccessExpressionSyntax access ? access.Name == name : name.Parent is MemberBindingExpressionSyntax;
}
