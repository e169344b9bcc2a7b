using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Pair;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Reuse;

/// <summary>
/// Reads the names that the files of a project mention, by syntax alone and once for each version of a file. Code that mentions no tamed method calls none.
/// </summary>
internal static class FileNames
{
    private static readonly ConditionalWeakTable<SyntaxTree, MentionedNames> s_files = new();

    public static EquatableArray<MentionedNames> Of(Compilation compilation) => compilation.SyntaxTrees.Where(tree => !Snapshot.IsOurs(tree)).Select(tree => s_files.GetValue(tree, Read)).ToEquatable();

    private static MentionedNames Read(SyntaxTree tree)
    {
        var elsewhere = new SortedSet<string>(StringComparer.Ordinal);
        var bodies = new List<NamesInBody>();
        foreach (var node in tree.GetRoot().DescendantNodesAndSelf(descendIntoChildren: node => !MayBeBody(node)))
        {
            if (node is SimpleNameSyntax name) elsewhere.Add(name.Identifier.ValueText);
            else if (MayBeBody(node)) bodies.Add(Read((MethodDeclarationSyntax)node));
        }

        return new MentionedNames(elsewhere.ToEquatable(), bodies.ToEquatable());
    }

    private static NamesInBody Read(MethodDeclarationSyntax method)
    {
        var names = method.DescendantNodes().OfType<SimpleNameSyntax>().Select(name => name.Identifier.ValueText).Distinct().OrderBy(name => name, StringComparer.Ordinal);
        return new NamesInBody(new BodyName((method.Parent as BaseTypeDeclarationSyntax)?.Identifier.ValueText ?? "", method.Identifier.ValueText), names.ToEquatable());
    }

    /// <summary>A body with another name counts as unanalyzed code, which may cost an unnecessary checkpoint.</summary>
    private static bool MayBeBody(SyntaxNode node) => node is MethodDeclarationSyntax { Identifier.ValueText: var name } && name.EndsWith(Pairing.Suffix, StringComparison.Ordinal);
}
